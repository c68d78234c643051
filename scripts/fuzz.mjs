// Gives the command line mutated files of every kind and counts what should not be: an error that nobody caught, a
// process that hangs or dies of memory, nonsense that is accepted. npm run fuzz -- --count 10000 --seed 7
import { fork, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PREPARATION } from "./campaigns/fuzz-kinds.mjs";
import { campaignOptions } from "./campaigns/options.mjs";

const { count, seed } = campaignOptions(300);
const MOST_MS = 20_000;
const MOST_MEGABYTES = 1500;
const runner = fileURLToPath(new URL("campaigns/fuzz-runner.mjs", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "loopnest-fuzz-"));
const faults = [];

const made = join(scratch, "made");
mkdirSync(made);
const bin = fileURLToPath(new URL("../apps/cli/bin/loopnest.js", import.meta.url));
for (const args of PREPARATION) {
  const { status, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: made, encoding: "utf8" });
  if (status !== 0) throw new Error(`loopnest ${args.join(" ")}: ${stderr}`);
}

/** Runs cases in a process of their own until it has done all or does one no more. Returns the case to go on with. */
function runFrom(first) {
  return new Promise((done) => {
    const child = fork(runner, [scratch, String(first), String(count), String(seed)], {
      execArgv: [`--max-old-space-size=${MOST_MEGABYTES}`],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    let current = { begins: first };
    let reason = "the process has died: memory, or an end that it chose itself";
    let timer;
    child.on("message", (message) => {
      if (message.fault !== undefined) faults.push({ ...current, ...message });
      if (message.begins === undefined) return;
      clearTimeout(timer);
      current = message;
      timer = setTimeout(() => {
        reason = `no end within ${MOST_MS / 1000} s`;
        child.kill("SIGKILL");
      }, MOST_MS);
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      if (status === 0) return done(count);
      faults.push({ ...current, fault: reason });
      done(current.begins + 1);
    });
  });
}

for (let next = 0; next < count; ) next = await runFrom(next);
for (const { begins, fault, args, file } of faults) {
  console.error(`case ${begins}: ${fault}`);
  if (args !== undefined)
    console.error(`  loopnest ${args.join(" ")}\n  ${file}: ${readFileSync(file, "utf8").slice(0, 300)}`);
}
if (faults.length === 0) rmSync(scratch, { recursive: true, force: true });
console.log(`${count} cases, seed ${seed}: ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
