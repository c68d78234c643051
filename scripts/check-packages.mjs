// Checks what a user would install: packs every public package as for publishing, lints the tarballs (publint, attw),
// installs them in an empty folder outside the workspace, and there imports, requires, type-checks and runs them.
import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";
/**
 * Start-up that users should see on a machine with nothing else to do: reported, not asserted, since machines are
 * shared.
 */
const startUpGoalMs = 150;
const env = {
  ...process.env,
  PATH: join(root, "node_modules", ".bin") + delimiter + process.env.PATH,
  NO_COLOR: "1",
  FORCE_COLOR: "0",
};

/** Runs a program; resolves to what it printed, throws all it printed when it fails. */
const runBoth = (cwd, program, ...args) =>
  new Promise((done, fail) => {
    execFile(program, args, { cwd, env, shell: windows, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      error ? fail(new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`)) : done({ stdout, stderr }),
    );
  });
const run = async (...args) => (await runBoth(...args)).stdout;

let failures = 0;
async function check(name, body) {
  try {
    const note = await body();
    console.log(`ok    ${name}${note ? `: ${note}` : ""}`);
  } catch (error) {
    failures++;
    console.log(`FAIL  ${name}\n${error.message.replace(/^/gm, "      ")}`);
  }
}

function expect(condition, message) {
  if (!condition) throw new Error(message);
}

async function publicPackages() {
  const found = [];
  for (const parent of ["packages", "apps"]) {
    for (const name of (await readdir(join(root, parent))).sort()) {
      const folder = join(root, parent, name);
      const manifest = await readFile(join(folder, "package.json"), "utf8").then(JSON.parse, () => undefined);
      if (manifest && !manifest.private) found.push({ folder, name: manifest.name, isProgram: Boolean(manifest.bin) });
    }
  }
  return found;
}

const temporary = await mkdtemp(join(tmpdir(), "loopnest-packages-"));
const consumer = join(temporary, "consumer");
try {
  const packages = await publicPackages();

  for (const { folder, name, isProgram } of packages) {
    const destination = join(temporary, basename(folder));
    let tarball = "";
    await check(`pack ${name}`, async () => {
      await mkdir(destination);
      await run(folder, "pnpm", "pack", "--pack-destination", destination);
      tarball = join(destination, (await readdir(destination))[0]);
      await run(destination, "tar", "-xzf", basename(tarball));
      const files = await readdir(join(destination, "package"), { recursive: true });
      const { scripts: _, ...manifest } = JSON.parse(
        await readFile(join(destination, "package", "package.json"), "utf8"),
      );
      const text = JSON.stringify(manifest, null, 2);
      expect(!/workspace:|@loopnest\/source/.test(text), `still refers to the workspace:\n${text}`);
      for (const file of ["LICENSE", "README.md"]) expect(files.includes(file), `${file} is missing`);
      const strays = files.filter((file) => /\.test\.|(^|[\\/])(src|test)([\\/]|$)/.test(file));
      expect(strays.length === 0, `should not be published: ${strays.join(", ")}`);
    });
    if (!tarball) continue;
    packages.find((other) => other.name === name).tarball = tarball;
    await Promise.all([
      check(`publint ${name}`, async () => void (await run(root, "publint", "run", tarball, "--strict"))),
      check(`npm publish --dry-run ${name}`, async () => {
        // What npm would mend in the manifest by itself comes as a warning. Nobody is logged in here, and need not be.
        const packed = join(destination, "package");
        const { stderr } = await runBoth(packed, "npm", "publish", "--dry-run", "--offline", "--access=public");
        const warnings = stderr
          .split("\n")
          .filter((line) => /^npm warn publish (?!.*requires you to be logged in)/i.test(line));
        expect(warnings.length === 0, warnings.join("\n"));
      }),
      isProgram || check(`attw ${name}`, async () => void (await run(root, "attw", tarball, "--no-emoji"))),
    ]);
  }

  const packed = packages.filter(({ tarball }) => tarball);
  const libraries = packed.filter(({ isProgram }) => !isProgram).map(({ name }) => name);

  await check("install the tarballs in an empty folder", async () => {
    await mkdir(consumer);
    await writeFile(join(consumer, "package.json"), '{ "private": true }\n');
    const tarballs = packed.map(({ tarball }) => tarball);
    await run(consumer, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs);
  });

  await check("import and require give the same names", async () => {
    const script = `
      import { createRequire } from "node:module";
      const require = createRequire(import.meta.url);
      for (const name of ${JSON.stringify(libraries)}) {
        const names = (exports) => Object.keys(exports).filter((key) => key !== "default").sort().join(" ");
        const [esm, cjs] = [names(await import(name)), names(require(name))];
        if (!esm || esm !== cjs) throw new Error(name + "\\n  import:  " + esm + "\\n  require: " + cjs);
      }`;
    await writeFile(join(consumer, "exports.mjs"), script);
    await run(consumer, process.execPath, "exports.mjs");
  });

  await check("types of import and require", async () => {
    const identifier = (name) => name.replace(/\W+(\w)/g, (_, letter) => letter.toUpperCase());
    const lines = libraries.map((name) => `import * as ${identifier(name)} from "${name}";`);
    const source = `${lines.join("\n")}\nexport const all = [${libraries.map(identifier).join(", ")}];\n`;
    await writeFile(join(consumer, "esm.mts"), source);
    await writeFile(join(consumer, "cjs.cts"), source);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: false, types: [] },
      ...{ module: "nodenext", target: "es2022", lib: ["es2022", "dom"] },
    };
    await writeFile(
      join(consumer, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["esm.mts", "cjs.cts"] }),
    );
    await run(consumer, "tsc", "--project", ".");
  });

  await check("npx loopnest --version", async () => {
    const printed = (await run(consumer, "npx", "--no-install", "loopnest", "--version")).trim();
    const { version } = JSON.parse(await readFile(join(root, "apps", "cli", "package.json"), "utf8"));
    expect(printed === version, `printed ${printed}, expected ${version}`);
    return printed;
  });

  await check("loopnest --version starts", () => {
    const bin = join(consumer, "node_modules", "loopnest", "bin", "loopnest.js");
    const times = Array.from({ length: 9 }, () => {
      const begin = performance.now();
      const { status } = spawnSync(process.execPath, [bin, "--version"]);
      expect(status === 0, `exit code ${status}`);
      return performance.now() - begin;
    });
    const best = Math.round(Math.min(...times));
    return `fastest of ${times.length}: ${best} ms (goal ${startUpGoalMs} ms)`;
  });
} finally {
  await rm(temporary, { recursive: true, force: true });
}

console.log(failures ? `${failures} package checks failed` : "all package checks passed");
process.exitCode = failures ? 1 : 0;
