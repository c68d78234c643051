// Builds the site into docs/site: the guides of docs/ and of the packages, the reference of every export, and the
// studio. Fails on whatever a reader would stumble over. `--base /loopnest/` for a host that serves it from a folder.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkSite } from "./check-site.mjs";
import { pageText, readContents } from "./pages.mjs";
import { writeReference } from "./reference.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const site = join(root, "docs", "site");
const published = "https://github.com/loopnest/loopnest/blob/main";
const { base } = parseArgs({ options: { base: { type: "string", default: "/" } } }).values;

/** Runs a program of a workspace package's dependencies. */
function run(folder, program, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "node_modules", program), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`);
}

/** Writes all pages as Markdown into a folder; whether the docstrings are without fault. */
async function writePages(content) {
  const contents = readContents(root);
  const pages = contents.flatMap((own) => own.pages);
  const write = (page, text) => {
    mkdirSync(dirname(join(content, page)), { recursive: true });
    writeFileSync(join(content, page), text);
  };
  for (const own of pages) write(own.page, pageText(root, own, pages, published));
  write("contents.md", pageText(root, { document: "docs/README.md", page: "contents.md" }, pages, published));
  write("index.md", readFileSync(join(here, "landing.md"), "utf8"));
  const { entries, flawless } = await writeReference(root, join(content, "reference"), published);
  for (const entry of entries) {
    const file = join(content, "reference", `${entry}.md`);
    const up = posix.relative(posix.dirname(`reference/${entry}`), "");
    const [own] = entry.split("/");
    const text = readFileSync(file, "utf8")
      .replace(
        /^# .*\n/,
        `# @loopnest/${entry}\n\nHow to install and use it: [@loopnest/${own}](${up}/packages/${own}.md).\n`,
      )
      // What a docstring says of a guide.
      .replace(/\]\((?:\.\.\/)*_media\//g, `](${up}/guide/`);
    writeFileSync(file, text);
  }
  rmSync(join(content, "reference", "_media"), { recursive: true, force: true });
  cpSync(join(root, "docs", "img"), join(content, "img"), { recursive: true });
  mkdirSync(join(content, "public"));
  for (const [picture, copy] of [
    ["studio-mapping.webp", "studio-light.webp"],
    ["studio-mapping-dark.webp", "studio-dark.webp"],
  ]) {
    cpSync(join(root, "docs", "img", picture), join(content, "public", copy));
  }
  cpSync(join(root, "docs", "llms.txt"), join(content, "public", "llms.txt"));
  writeFileSync(join(content, "contents.json"), JSON.stringify({ contents, entries }));
  return { guides: pages.length, entries: entries.length, flawless };
}

// Beside the theme, so that pages find what they import.
const content = mkdtempSync(join(here, ".content-"));
try {
  rmSync(site, { recursive: true, force: true });
  const { guides, entries, flawless } = await writePages(content);
  run(here, "vitepress/bin/vitepress.js", ["build"], {
    LOOPNEST_SITE_CONTENT: content,
    LOOPNEST_SITE_OUT: site,
    LOOPNEST_SITE_BASE: base,
  });
  run(join(root, "apps/studio"), "vite/bin/vite.js", ["build", "--outDir", join(site, "studio"), "--emptyOutDir"]);
  const faults = checkSite(site, base);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0 || !flawless) process.exitCode = 1;
  else console.log(`docs/site: ${guides} guides, ${entries} entries`);
} finally {
  rmSync(content, { recursive: true });
}
