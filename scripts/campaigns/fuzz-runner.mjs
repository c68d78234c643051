// Runs mutated files through the built program, in this process: what it prints and ends with is looked at.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runHere } from "../program/run-here.mjs";
import { writeCase } from "./fuzz-case.mjs";
import { fuzzKinds } from "./fuzz-kinds.mjs";

const [scratch, first, count, seed] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const kinds = fuzzKinds(join(scratch, "made"));
for (let i = first; i < count; i++) {
  const folder = join(scratch, `case-${i}`);
  const { args, file } = writeCase(kinds, i, seed, folder);
  process.send({ begins: i, args, file });
  const { status, stdout, stderr } = await runHere(args, { cwd: folder });
  const fault = faultOf(status, stdout + stderr, readFileSync(file, "latin1"));
  if (fault !== null) process.send({ fault });
  else rmSync(folder, { recursive: true });
}
process.disconnect();

/**
 * What is wrong with how a command ended; `null` for a result or a clear message.
 *
 * @param given The damaged file: names in it may be any word, and are printed as they are.
 */
function faultOf(status, text, given) {
  if (![0, 1, 2, 3].includes(status)) return `ended with ${status}`;
  if (/please report/.test(text)) return `an error that nobody caught: ${text.slice(0, 600)}`;
  const words = ["NaN", "Infinity"].filter((word) => !given.includes(word) && new RegExp(`\\b${word}\\b`).test(text));
  if (status === 0 && (words.length > 0 || /"(energyPj|cycles|energyUj|edp)":\s*(null|-)/.test(text))) {
    return `nonsense is accepted: ${text.slice(0, 300)}`;
  }
  if (status !== 0 && text.trim() === "") return "ended without a word";
  return null;
}
