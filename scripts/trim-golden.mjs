// trim-golden.mjs FOLDER: takes a small, evenly chosen part of a folder of golden records (FAMILY.jsonl.gz, one JSON
// record a line) into packages/model-analytical/test/golden, lines unchanged. Needs Node only.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

/**
 * Records kept of a family: all rejected ones; more of the family that exercises the rules which the others rarely do.
 */
const RECORDS = { rejected: Number.POSITIVE_INFINITY, handover: 200 };
const RECORDS_ELSE = 100;
const LIMIT_BYTES = 400_000;

const source = process.argv[2];
if (source === undefined) {
  console.error("usage: node scripts/trim-golden.mjs FOLDER");
  process.exit(2);
}
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "packages", "model-analytical", "test", "golden");
let bytes = 0;
for (const file of readdirSync(source).sort()) {
  const family = /^(.*)\.jsonl\.gz$/.exec(file)?.[1];
  if (family === undefined) continue;
  const lines = gunzipSync(readFileSync(join(source, file)))
    .toString("utf8")
    .trim()
    .split("\n");
  const count = Math.min(lines.length, RECORDS[family] ?? RECORDS_ELSE);
  const kept = Array.from({ length: count }, (_, i) => lines[Math.floor((i * lines.length) / count)]);
  const packed = gzipSync(`${kept.join("\n")}\n`, { level: 9 });
  packed[9] = 255; // operating system unknown: the same bytes wherever it runs
  writeFileSync(join(target, file), packed);
  bytes += statSync(join(target, file)).size;
  console.log(`${family}: ${count} of ${lines.length}`);
}
console.log(`${bytes} bytes`);
if (bytes > LIMIT_BYTES) {
  console.error(`more than ${LIMIT_BYTES} bytes`);
  process.exit(1);
}
