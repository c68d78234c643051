// Kills searches, fronts and comparisons without warning at random moments, goes on with them, and looks whether they
// end with the answer of one that was never killed and leave nothing behind: npm run kill -- --count 300 --seed 7
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { campaignOptions } from "./campaigns/options.mjs";
import { seededRandom } from "./campaigns/random.mjs";

const { count, seed } = campaignOptions(20);
const random = seededRandom(seed);
const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "apps/cli/bin/loopnest.js");
const network = join(root, "apps/cli/test/fixtures/small.yaml");
const scratch = mkdtempSync(join(tmpdir(), "loopnest-kill-"));
const MOST_KILLS = 3;

const small = ["--samples", "400", "--workers", "2"];
const scenarios = [
  { command: ["search", network, "--starts", "4", ...small], result: "result.json", runs: () => [""] },
  { command: ["search", network, "--method", "genetic", ...small], result: "result.json", runs: () => [""] },
  {
    command: ["pareto", network, "--points", "3", "--starts", "2", ...small],
    result: "pareto.json",
    runs: (dir) => readdirSync(join(dir, "searches")).map((name) => `searches/${name}`),
  },
  {
    command: ["compare", network, "--methods", "descent,random", "--seeds", "2", "--no-optimum", ...small],
    result: "compare.json",
    runs: () => [],
  },
];

/** Runs the program, killed after so many milliseconds. */
async function run(args, killAfter) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: scratch, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  const ended = new Promise((done) => child.on("close", done));
  if (killAfter !== undefined) {
    await Promise.race([ended, setTimeout(killAfter)]);
    child.kill("SIGKILL");
  }
  return { status: await ended, stderr };
}

/** What was found, without times and threads. */
function answer(file) {
  const ignored = ["startedAt", "seconds", "workers", "secondsTo", "medianSeconds"];
  return JSON.stringify(JSON.parse(readFileSync(file, "utf8")), (key, value) =>
    ignored.includes(key) || /seconds/i.test(key) ? undefined : value,
  );
}

function files(dir) {
  return readdirSync(dir, { recursive: true }).map(String).sort().join("\n");
}

const faults = [];
const references = [];
for (const [s, { command }] of scenarios.entries()) {
  const started = performance.now();
  const { status, stderr } = await run([...command, "-o", `whole-${s}`]);
  if (status !== 0) throw new Error(`scenario ${s} does not run: ${stderr}`);
  references.push(performance.now() - started);
}
let kills = 0;
for (let i = 0; i < count; i++) {
  const s = Math.floor(random() * scenarios.length);
  const { command, result, runs } = scenarios[s];
  const [name, whole] = [`case-${i}`, join(scratch, `whole-${s}`)];
  const dir = join(scratch, name);
  const note = (fault) => faults.push(`case ${i}, ${command[0]}: ${fault}`);
  // Every other case begins where a finished one is there already.
  const again = random() < 0.3;
  if (again) await run([...command, "-o", name]);
  let next = [...command, "-o", name];
  for (let k = 1 + Math.floor(random() * MOST_KILLS); k > 0; k--) {
    const { stderr, status } = await run(next, random() * 1.2 * references[s]);
    kills++;
    if (status !== null && status !== 0) note(`going on ended with ${status}: ${stderr}`);
    // What a user sees in between is a clear message or a whole result, never a defect.
    if (command[0] === "search" && existsSync(dir)) {
      const shown = await run(["show", name]);
      if (shown.status !== 0 && !/interrupted|killed|no such file/.test(shown.stderr))
        note(`show says: ${shown.stderr}`);
    }
    const kept = ["plan.json", "front.json"].some((file) => existsSync(join(dir, file)));
    next = kept ? [command[0], "--resume", name, "--workers", "2"] : [...command, "-o", name];
  }
  const { status, stderr } = await run(next);
  if (status !== 0) note(`the last run ended with ${status}: ${stderr}`);
  else if (answer(join(dir, result)) !== answer(join(whole, result))) note("another answer than without kills");
  else if (files(dir) !== files(whole)) note(`other files than without kills:\n${files(dir)}`);
  else {
    for (const inner of runs(dir)) {
      const checked = await run(["evaluate", "--run", join(name, inner)]);
      if (checked.status !== 0) note(`${inner} does not reproduce: ${checked.stderr}`);
    }
  }
  rmSync(dir, { recursive: true, force: true });
}
if (faults.length === 0) rmSync(scratch, { recursive: true, force: true });
for (const fault of faults) console.error(fault);
console.log(`${count} cases, ${kills} kills, seed ${seed}: ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
