// Builds the documentation site into docs/site: the guides of docs/ and the reference of every entry of every public
// package, from the docstrings of its sources. Fails on whatever a reader would stumble over: an export without a
// docstring, a type that is used but not exported, a link to nothing.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, Converter, OptionDefaults, ReflectionKind } from "typedoc";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const published = "https://github.com/loopnest/loopnest/blob/main";
const site = join(root, "docs", "site");

/** Entries of the public packages by source file: the name to import, and the README of a main entry. */
const entries = new Map();
const packages = [];
for (const folder of readdirSync(join(root, "packages")).sort()) {
  const at = join(root, "packages", folder);
  const manifest = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  if (manifest.private) continue;
  packages.push(manifest.name);
  for (const [path, { "@loopnest/source": source }] of Object.entries(manifest.exports)) {
    if (source === undefined) continue;
    const readme = path === "." && existsSync(join(at, "README.md")) && readFileSync(join(at, "README.md"), "utf8");
    entries.set(join(at, source), { name: manifest.name + path.slice(1), readme });
  }
}

/** The guide as a page of the site: its heading is the page's title, and links out of docs/ lead to the repository. */
function page(markdown, isIndex) {
  const [, title, body] = /^# (.*)\n([\s\S]*)$/.exec(markdown);
  const linked = body.replace(/\]\((\.\.\/[^)]*)\)/g, (_, to) => `](${published}/${posix.join("docs", to)})`);
  const opened = linked.replace(/^<!-- studio: (\S+) -->$/gm, "`studio:$1`");
  return isIndex ? opened : `---\ntitle: ${JSON.stringify(title)}\n---\n${opened}`;
}

/** Builds the studio into the site, and makes links to it of what guides say is to be opened there. */
function addStudio() {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, "apps/studio/node_modules/vite/bin/vite.js"),
      "build",
      "--outDir",
      join(site, "studio"),
      "--emptyOutDir",
    ],
    { cwd: join(root, "apps/studio"), encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the studio does not build\n${stderr}`);
  for (const name of readdirSync(join(site, "documents"))) {
    const file = join(site, "documents", name);
    const link = (_, hash) => `<a href="../studio/index.html#${hash}">Open this example in the studio</a>`;
    writeFileSync(file, readFileSync(file, "utf8").replace(/<code>studio:([^<]+)<\/code>/g, link));
  }
}

const scratch = mkdtempSync(join(tmpdir(), "loopnest-docs-"));
try {
  const guides = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"));
  cpSync(join(root, "docs", "img"), join(scratch, "img"), { recursive: true });
  for (const file of guides) {
    const isIndex = file === "README.md";
    writeFileSync(join(scratch, file), page(readFileSync(join(root, "docs", file), "utf8"), isIndex));
  }
  const app = await Application.bootstrap({
    name: "loopnest",
    basePath: root,
    entryPoints: [...entries.keys()],
    tsconfig: join(root, "tsconfig.json"),
    skipErrorChecking: true, // `npm run typecheck` does that.
    projectDocuments: guides.filter((file) => file !== "README.md").map((file) => join(scratch, file)),
    readme: join(scratch, "README.md"),
    out: site,
    disableGit: true,
    sourceLinkTemplate: `${published}/{path}#L{line}`,
    validation: { notExported: true, invalidLink: true, rewrittenLink: true, notDocumented: true },
    packagesRequiringDocumentation: packages,
    requiredToBeDocumented: ["Function", "Interface", "TypeAlias", "Variable", "Class"],
    highlightLanguages: [...OptionDefaults.highlightLanguages, "python"],
    logLevel: "Warn",
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      const { name, readme } = entries.get(module.sources[0].fullFileName);
      module.name = name;
      if (readme) module.readme = [{ kind: "text", text: readme.replace(/^# .*\n/, "") }];
    }
  });
  const project = await app.convert();
  if (project !== undefined) {
    app.validate(project);
    await app.generateOutputs(project);
    addStudio();
    copyFileSync(join(root, "docs", "llms.txt"), join(site, "llms.txt"));
  }
  if (project === undefined || app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
  else console.log(`docs/site: ${guides.length - 1} guides, ${entries.size} entries`);
} finally {
  rmSync(scratch, { recursive: true });
}
