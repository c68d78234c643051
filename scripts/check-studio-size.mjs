// Holds the first load of the studio to its limit: the page, its style, and every script that stands in it or is
// imported by one that does; what is loaded when it is wanted (editor, charts, readers) does not count.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 350;
const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "apps", "studio", "dist");
const page = join(dist, "index.html");
if (!existsSync(page)) throw new Error(`${page} is missing: npm run build makes it`);

const loaded = new Set([page]);
for (const file of loaded) {
  const text = readFileSync(file, "utf8");
  const links = file.endsWith(".html")
    ? [...text.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)]
    : [...text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.\/[^"']+)["']/g)];
  for (const [, path] of links) loaded.add(join(dirname(file), path));
}
const bytes = [...loaded].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
const kb = (bytes / 1000).toFixed(1);
console.log(`studio: first load of ${loaded.size} files, ${kb} kB with gzip, limit ${LIMIT_KB} kB`);
if (bytes > 1000 * LIMIT_KB) process.exitCode = 1;
