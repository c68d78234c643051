// Runs mutated files through the built program, in this process: what it prints and ends with is looked at.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../apps/cli/dist/program.js";
import { fuzzKinds } from "./fuzz-kinds.mjs";
import { mutate } from "./mutate.mjs";
import { seededRandom } from "./random.mjs";

const [scratch, first, count, seed] = [process.argv[2], ...process.argv.slice(3).map(Number)];
mkdirSync(scratch, { recursive: true });
process.chdir(scratch);
const kinds = fuzzKinds();
let printed = "";
const caught = (text) => {
  printed += String(text).slice(0, 1 << 20);
  return true;
};
process.stdout.write = caught;
process.stderr.write = caught;
process.exit = (code) => {
  throw new Error(`process.exit(${code})`);
};

for (let i = first; i < count; i++) {
  const random = seededRandom(seed * 1_000_003 + i);
  const kind = kinds[Math.floor(random() * kinds.length)];
  const file = join(scratch, `case-${i}${kind.ending}`);
  writeFileSync(file, mutate(kind.text, random));
  const args = kind.commands[Math.floor(random() * kind.commands.length)].map((word) =>
    word === "FILE" ? file : word,
  );
  process.send({ begins: i });
  printed = "";
  const status = await runProgram(args).catch((error) => `thrown: ${error.stack}`);
  const fault = faultOf(status, printed);
  if (fault !== null) process.send({ at: i, fault, args, file });
}
process.disconnect();

/** What is wrong with how a command ended; `null` for a result or a clear message. */
function faultOf(status, text) {
  if (![0, 1, 2, 3].includes(status)) return `ended with ${status}`;
  if (/please report/.test(text)) return `an error that nobody caught: ${text.slice(0, 600)}`;
  if (status === 0 && /\b(NaN|Infinity)\b|"(energyPj|cycles|energyUj|edp)":\s*(null|-)/.test(text)) {
    return `nonsense is accepted: ${text.slice(0, 300)}`;
  }
  if (status !== 0 && text.trim() === "") return "ended without a word";
  return null;
}
