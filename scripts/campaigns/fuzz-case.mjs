import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutate } from "./mutate.mjs";
import { seededRandom } from "./random.mjs";

/**
 * Writes case `i` of a campaign into a folder of its own.
 *
 * @returns Arguments of the command line, and the file that is damaged.
 */
export function writeCase(kinds, i, seed, folder) {
  const random = seededRandom(seed * 1_000_003 + i);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const { name, text, encoding = "utf8", folder: whole, commands } = pick(kinds);
  const dir = whole === undefined ? folder : join(folder, "run");
  mkdirSync(folder, { recursive: true });
  if (whole !== undefined) cpSync(whole, dir, { recursive: true });
  const file = join(dir, name);
  writeFileSync(file, mutate(text, random), encoding);
  if (whole !== undefined && name !== "SHA256SUMS") seal(dir, name);
  const args = pick(commands).map((word) => ({ FILE: file, DIR: dir })[word] ?? word);
  return { args, file };
}

/** Makes the checksum of one file right again. */
function seal(dir, name) {
  const list = join(dir, "SHA256SUMS");
  const sum = createHash("sha256")
    .update(readFileSync(join(dir, name)))
    .digest("hex");
  const lines = readFileSync(list, "utf8").split("\n");
  writeFileSync(list, lines.map((line) => (line.endsWith(`  ${name}`) ? `${sum}  ${name}` : line)).join("\n"));
}
