import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { cpuSeconds, freePort, peakMegabytes, startProgram, startServer } from "./soak-processes.mjs";

/** Where a sweep of many short searches is tried: a folder of its own with a study, and a Redis on a free port. */
export async function sweepScene() {
  const dir = mkdtempSync(join(tmpdir(), "loopnest-soak-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = startServer(port, dir);
  const children = new Set();
  const lineBytes = new Map();
  const program = (args, env) => {
    const child = startProgram(args, dir, env);
    children.add(child);
    return child;
  };
  const file = (of, name) => join(dir, of, name);
  const lines = (of, name) => {
    const text = existsSync(file(of, name)) ? readFileSync(file(of, name), "utf8") : "";
    return text.split("\n").filter(Boolean);
  };
  // Nothing goes on when this does not.
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      for (const child of [...children, server]) child.kill("SIGKILL");
      process.exit(1);
    });
  }
  writeFileSync(join(dir, "network.yaml"), "name: one\nlayers:\n  - matmul: {name: product, m: 64, n: 64, k: 64}\n");
  return {
    dir,
    url,
    program,
    file,
    lines,
    server: () => server,
    /** Writes a study of some searches of so many samples each. @returns Its file. */
    study(count, samples) {
      const name = `study-${count}.yaml`;
      const axes = `axes: {workload: [network.yaml], seed: {from: 1, to: ${count}}}`;
      writeFileSync(join(dir, name), `name: soak\n${axes}\noptions: {method: random, samples: ${samples}}\n`);
      return name;
    },
    worker: (lockSeconds, env) =>
      program(["worker", "--queue", url, "--threads", "1", "--lock", String(lockSeconds)], env),
    async restartServer() {
      server.kill("SIGKILL");
      await server.ended;
      server = startServer(port, dir);
    },
    /** Answers that a sweep has, by the size of its journal: lines are nearly of one length. */
    answers(of) {
      const journal = file(of, "journal.jsonl");
      if (!existsSync(journal)) return 0;
      if (!(lineBytes.get(of) > 0)) lineBytes.set(of, readFileSync(journal, "utf8").indexOf("\n") + 1);
      return lineBytes.get(of) > 0 ? statSync(journal).size / lineBytes.get(of) : 0;
    },
    /** Waits until a process has ended; what it and others have used by then. */
    async use(child, others = []) {
      const use = { cpu: 0, megabytes: 0, others: others.map(() => 0) };
      while (child.exitCode === null && child.signalCode === null) {
        use.cpu = Math.max(use.cpu, cpuSeconds(child.pid));
        use.megabytes = Math.max(use.megabytes, peakMegabytes(child.pid));
        use.others = others.map(({ pid }, i) => Math.max(use.others[i], cpuSeconds(pid)));
        await setTimeout(50);
      }
      if ((await child.ended) !== 0) throw new Error(`a process failed: ${child.said()}`);
      return use;
    },
    /** Ends everything that was started. @param clear Whether the folder goes, too. */
    async end(clear) {
      for (const child of [...children, server]) child.kill("SIGKILL");
      await Promise.all([...children, server].map((child) => child.ended));
      if (clear) rmSync(dir, { recursive: true, force: true });
    },
  };
}
