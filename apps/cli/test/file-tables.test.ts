import { readFileSync, writeFileSync } from "node:fs";
import { jsonSchema } from "@loopnest/mapspace/schema";
import { expect, test } from "vitest";
import { fileTables } from "./file-tables.js";

const file = new URL("../../../docs/files.md", import.meta.url);

const HEAD = `# Fields of files

Every field of the files that you write, from the schemas that read them (\`UPDATE_DOCS=1 npx vitest run
apps/cli/test/file-tables.test.ts\` makes this page again). A file is YAML or JSON. A field that is not listed is
refused, by name and place; only a case and its architecture may hold others, as records of measurements do.

Under *default*, *needed* says that a field has to be there, *none* that it may be left out and then says nothing. A
*size expression* is a number, or sizes of the target joined by \`*\` and \`/\`, each with an optional \`^n\`:
\`1024 * scratchpadKb / peDim\`. *By name* is a field for each name of your own. \`[]\` stands for every entry of a
list. What the numbers mean is in [semantics](semantics.md).

`;

function page(): string {
  return (
    HEAD +
    fileTables([
      { heading: "Target", schema: jsonSchema("target") },
      { heading: "Workload", schema: jsonSchema("workload") },
      { heading: "Problem", schema: jsonSchema("problem") },
      { heading: "Energy table", schema: jsonSchema("energy-table") },
      { heading: "Case", schema: jsonSchema("case") },
      { heading: "Architecture", schema: jsonSchema("architecture") },
      { heading: "Mapping", schema: jsonSchema("mapping") },
    ])
  );
}

test("the page of all fields is what the schemas say", () => {
  const made = page();
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, made);
  expect(readFileSync(file, "utf8")).toBe(made);
});
