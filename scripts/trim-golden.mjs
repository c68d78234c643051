// trim-golden.mjs FOLDER: takes a small, evenly chosen part of a folder of golden records (FAMILY.jsonl.gz and
// current/FAMILY.jsonl.gz, one JSON record a line) into packages/model-analytical/test/golden, lines unchanged. Needs
// Node only.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

/**
 * Records kept of a family: all rejected ones; more of the family that exercises the rules which the others rarely do.
 */
const RECORDS = { rejected: Number.POSITIVE_INFINITY, handover: 200 };
const RECORDS_ELSE = 100;
const LIMIT_BYTES = 600_000;

const source = process.argv[2];
if (source === undefined) {
  console.error("usage: node scripts/trim-golden.mjs FOLDER");
  process.exit(2);
}
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "packages", "model-analytical", "test", "golden");
const all = trim("") + trim("current");
console.log(`${all} bytes`);
if (all > LIMIT_BYTES) {
  console.error(`more than ${LIMIT_BYTES} bytes`);
  process.exit(1);
}

/**
 * Trims the files of a folder below FOLDER; returns the bytes written. Of equally long files the same lines are kept.
 */
function trim(folder) {
  let bytes = 0;
  mkdirSync(join(target, folder), { recursive: true });
  for (const file of readdirSync(join(source, folder)).sort()) {
    const family = /^(.*)\.jsonl\.gz$/.exec(file)?.[1];
    if (family === undefined) continue;
    const lines = gunzipSync(readFileSync(join(source, folder, file)))
      .toString("utf8")
      .trim()
      .split("\n");
    const count = Math.min(lines.length, RECORDS[family] ?? RECORDS_ELSE);
    const kept = Array.from({ length: count }, (_, i) => lines[Math.floor((i * lines.length) / count)]);
    const packed = gzipSync(`${kept.join("\n")}\n`, { level: 9 });
    packed[9] = 255; // operating system unknown: the same bytes wherever it runs
    writeFileSync(join(target, folder, file), packed);
    bytes += statSync(join(target, folder, file)).size;
    console.log(`${join(folder, family)}: ${count} of ${lines.length}`);
  }
  return bytes;
}
