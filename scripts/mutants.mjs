// Mutation testing: npm run mutants -- [--list] [--line N] [--tests FILE,...] FILE...
// Changes one thing at a time in each file (comparisons, min and max, conditions), runs the tests that should notice,
// and prints what survives. The file is changed in place and put back, whatever happens.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";

/** Tests, beside those in a file's own folder, that check what a folder holds. */
const CHECKED_BY = {
  "packages/optimizers/src/exact": ["packages/optimizers/test/exact"],
  "packages/model-analytical/src": [
    "packages/model-analytical/test/step-counter.property.test.ts",
    "packages/model-analytical/test/golden.test.ts",
    "packages/model-analytical/src/orders",
    "packages/optimizers/test/exact-exhaustive.test.ts",
  ],
  "packages/mapspace/src": ["packages/optimizers/test/exact-counterexamples.test.ts"],
};

const SWAPS = new Map([
  ["<", ["<="]],
  ["<=", ["<"]],
  [">", [">="]],
  [">=", [">"]],
  ["===", ["!=="]],
  ["!==", ["==="]],
  ["+", ["-"]],
  ["-", ["+"]],
  ["*", ["/"]],
  ["/", ["*"]],
]);

/** All changes to a source: what stands from `start` to `end` becomes `text`. */
function mutantsOf(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found = [];
  const change = (node, text) => {
    const start = node.getStart(tree);
    const line = tree.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ line, start, end: node.end, before: node.getText(tree), text });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.getText(tree);
      for (const other of SWAPS.get(operator) ?? []) change(node.operatorToken, other);
      if (operator === "&&" || operator === "||")
        for (const side of [node.left, node.right]) change(node, side.getText(tree));
    }
    if (ts.isConditionalExpression(node)) {
      for (const side of [node.whenTrue, node.whenFalse]) change(node, `(${side.getText(tree)})`);
    }
    if (ts.isPropertyAccessExpression(node) && node.expression.getText(tree) === "Math") {
      const swapped = { min: "max", max: "min", floor: "ceil", ceil: "floor" }[node.name.text];
      if (swapped !== undefined) change(node.name, swapped);
    }
    if (ts.isIfStatement(node))
      for (const always of ["true", "false"]) change(node.expression, `(${always} as boolean)`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function testsOf(file) {
  const beside = readdirSync(dirname(file)).filter((name) => name.endsWith(".test.ts"));
  const own = beside.filter((name) => name.startsWith(basename(file, ".ts")));
  const folder = Object.keys(CHECKED_BY).find((path) => file.startsWith(path));
  return [...(own.length > 0 ? own : beside).map((name) => join(dirname(file), name)), ...(CHECKED_BY[folder] ?? [])];
}

/** Whether all tests pass; one that hangs does not. */
function passes(tests) {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "packages", "--bail", "1", ...tests];
  return spawnSync(process.execPath, args, { stdio: "ignore", timeout: 600_000 }).status === 0;
}

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { list: { type: "boolean" }, line: { type: "string" }, tests: { type: "string" } },
});
const missing = files.find((file) => !existsSync(file));
if (files.length === 0 || missing !== undefined) {
  console.error(missing === undefined ? "name a source file" : `there is no file ${missing}`);
  process.exit(2);
}
let survived = 0;
let tried = 0;
for (const file of files) {
  const source = readFileSync(file, "utf8");
  const restore = () => writeFileSync(file, source);
  const stop = () => {
    restore();
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  const tests = values.tests?.split(",") ?? testsOf(file);
  for (const { line, start, end, before, text } of mutantsOf(file, source)) {
    if (values.line !== undefined && line !== Number(values.line)) continue;
    const what = `${file}:${line}: ${before.replace(/\s+/g, " ")} -> ${text.replace(/\s+/g, " ")}`;
    if (values.list) {
      console.log(what);
      continue;
    }
    tried++;
    try {
      writeFileSync(file, source.slice(0, start) + text + source.slice(end));
      const alive = passes(tests);
      survived += Number(alive);
      console.log(`${alive ? "SURVIVED" : "killed  "} ${what}`);
    } finally {
      restore();
    }
  }
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeListener(signal, stop);
}
if (!values.list) console.log(`${tried} mutants, ${survived} survived`);
