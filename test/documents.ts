import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const NOT_OURS = ["node_modules", "dist", "runs", "site", "fixtures", "golden", "coverage"];

/** Markdown files and text indices of the repository, as paths from its root with `/`, in order. */
export function documents(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !NOT_OURS.includes(name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return documents(path);
      return /\.md$|^llms.*\.txt$/.test(entry.name) && entry.name !== "CHANGELOG.md" ? [path] : [];
    })
    .sort();
}

/** A document's text without its code, so that nothing in it is taken for a link or a heading. */
export function proseOf(document: string): string {
  return readFileSync(join(root, document), "utf8")
    .replace(/^( *)(```+|~~~+).*\n[\s\S]*?^\1\2 *$/gm, "")
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, " "));
}

/** Anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(document: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(document).matchAll(/^#{1,6} +(.*?) *#*$/gm)].map(([, heading]) => {
    const slug = heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
