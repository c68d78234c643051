// Gives the command line mutated files of every kind and counts what should not be: an error that nobody caught, a
// process that hangs or dies of memory, nonsense that is accepted. npm run fuzz -- --count 10000 --seed 7
import { fork, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PREPARATION } from "./campaigns/fuzz-kinds.mjs";
import { campaignOptions } from "./campaigns/options.mjs";
import { cpuSeconds } from "./campaigns/soak-processes.mjs";

const { count, seed } = campaignOptions(300);
/** Of processor time: on a busy machine a case that is well takes longer by the clock. */
const MOST_SECONDS = 20;
/** By the clock, for a case that waits for what never comes. */
const LONGEST_SECONDS = 300;
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
    let began = { clock: performance.now(), cpu: 0 };
    const watch = setInterval(() => {
      const used = cpuSeconds(child.pid) - began.cpu;
      const waited = (performance.now() - began.clock) / 1000;
      if (used < MOST_SECONDS && waited < LONGEST_SECONDS) return;
      reason = `no end after ${used.toFixed(0)} s of processor time, ${waited.toFixed(0)} s by the clock`;
      child.kill("SIGKILL");
    }, 1000);
    child.on("message", (message) => {
      if (message.fault !== undefined) faults.push({ ...current, ...message });
      if (message.begins === undefined) return;
      current = message;
      began = { clock: performance.now(), cpu: cpuSeconds(child.pid) };
    });
    child.on("close", (status) => {
      clearInterval(watch);
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
