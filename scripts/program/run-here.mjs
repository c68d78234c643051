// Runs the built program in this process: what it prints and ends with, without a process of its own for each run.
import { Readable } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import { runProgram } from "../../apps/cli/dist/program.js";

/** How long a run that has its answer may take to let go of everything, in milliseconds. */
const LETS_GO_MS = 30_000;

const SIGNALS = ["SIGINT", "SIGTERM"];

process.exit = (code) => {
  throw new Error(`process.exit(${code})`);
};

/**
 * What a command line ends with (exit code, or what was thrown) and everything that it prints. Folder, environment,
 * input and output are the run's own while it goes on; afterwards they are what they were before.
 *
 * A run must let go of everything, as where it is a process of its own that would not end otherwise: timers, sockets,
 * threads and listeners for signals that stay are said in place of its exit code.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string }} where `env` is all of it; that of this process
 * unless given.
 */
export async function runHere(args, { cwd = process.cwd(), env, input = "" } = {}) {
  const { stdin, stdout, stderr } = Object.getOwnPropertyDescriptors(process);
  const own = { stdout: caught(process.stdout), stderr: caught(process.stderr) };
  const before = { folder: process.cwd(), env: { ...process.env }, held: held() };
  const replace = (name, value) => Object.defineProperty(process, name, { value, configurable: true });
  replace("stdin", Readable.from(input === "" ? [] : [Buffer.from(input)], { objectMode: false }));
  replace("stdout", own.stdout.stream);
  replace("stderr", own.stderr.stream);
  if (env !== undefined) setEnvironment(env);
  try {
    process.chdir(cwd);
    const status = await runProgram(args).catch((error) => `thrown: ${error.stack}`);
    const left = await leftBehind(before.held);
    return {
      status: left === "" ? status : `${status}, and holds on to ${left}`,
      stdout: own.stdout.text(),
      stderr: own.stderr.text(),
    };
  } finally {
    process.chdir(before.folder);
    if (env !== undefined) setEnvironment(before.env);
    Object.defineProperties(process, { stdin, stdout, stderr });
  }
}

/** A stream like the given one, which keeps what is written. */
function caught(stream) {
  const pieces = [];
  const write = (piece, encoding, done) => {
    pieces.push(
      typeof piece === "string" ? Buffer.from(piece, typeof encoding === "string" ? encoding : "utf8") : piece,
    );
    const tell = typeof encoding === "function" ? encoding : done;
    if (tell !== undefined) process.nextTick(tell);
    return true;
  };
  return { stream: Object.create(stream, { write: { value: write } }), text: () => Buffer.concat(pieces).toString() };
}

function setEnvironment(env) {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

/** What keeps this process going, and who listens: how many of each kind. */
function held() {
  const counts = new Map(SIGNALS.map((name) => [`listeners for ${name}`, process.listenerCount(name)]));
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  counts.delete("Immediate");
  return counts;
}

/** What is held more often than before, once there was time to let go. */
async function leftBehind(before) {
  const end = performance.now() + LETS_GO_MS;
  for (await setImmediate(); ; await setTimeout(5)) {
    const more = [...held()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
    if (more.length === 0) return "";
    if (performance.now() > end) return more.map(([kind, count]) => `${count} ${kind}`).join(", ");
  }
}
