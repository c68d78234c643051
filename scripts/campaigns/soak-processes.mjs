import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../apps/cli/bin/loopnest.js", import.meta.url));

/** Starts the built program in a folder. @param env More of the environment. */
export function startProgram(args, cwd, env = {}) {
  return startScript([bin, ...args], { cwd, env: { ...process.env, ...env } });
}

/** Starts a script of ours. */
export function startScript(args, options = {}) {
  return watched(spawn(process.execPath, args, { ...options, stdio: ["ignore", "ignore", "pipe"] }));
}

/** The environment of a process whose clock is wrong by some hours; nothing without libfaketime. */
export function wrongClock(hours) {
  const folders = existsSync("/usr/lib") ? readdirSync("/usr/lib").map((name) => `/usr/lib/${name}/faketime`) : [];
  const library = folders.map((folder) => `${folder}/libfaketime.so.1`).find((file) => existsSync(file));
  if (library === undefined) return undefined;
  const sign = hours < 0 ? "-" : "+";
  return { LD_PRELOAD: library, FAKETIME: `${sign}${Math.abs(hours)}h`, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}

/** Starts a Redis that forgets its last second when it is killed. */
export function startServer(port, dir) {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "yes"];
  return watched(
    spawn("redis-server", [...options, "--appendfsync", "everysec"], { stdio: ["ignore", "ignore", "pipe"] }),
  );
}

function watched(child) {
  let text = "";
  child.stderr.on("data", (piece) => {
    text = (text + piece).slice(-4000);
  });
  child.ended = new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (status) => done(status));
  });
  child.said = () => text;
  return child;
}

/** Processor time that a process has used; 0 if it has ended. */
export function cpuSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
  } catch {
    return 0;
  }
}

/** Most memory that a process has had; 0 if it has ended. */
export function peakMegabytes(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
  } catch {
    return 0;
  }
}

let ticks;
function ticksPerSecond() {
  ticks ??= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return ticks;
}

export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
