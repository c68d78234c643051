// Threads that the program starts in this process are kept for its next run, once they have nothing to do: loading the
// searches and compiling them takes longer than most searches of a test.
import { EventEmitter } from "node:events";
import { createRequire, syncBuiltinESMExports } from "node:module";

const threads = createRequire(import.meta.url)("node:worker_threads");
const { Worker } = threads;

/** Idle threads by the file that they run. */
const idle = new Map();

/** Keeps threads from now on. */
export function keepThreads() {
  threads.Worker = WarmThread;
  syncBuiltinESMExports();
}

/** What the program sees of a thread: of a kept one, no more than of one that has just been started. */
class WarmThread extends EventEmitter {
  #file;
  #worker;
  #busy = false;
  #heard = {
    message: (message) => {
      if (message.kind !== "progress") this.#busy = false;
      this.emit("message", message);
    },
    error: (error) => this.emit("error", error),
    exit: (code) => {
      this.#worker = null;
      this.emit("exit", code);
    },
  };

  constructor(file) {
    super();
    this.#file = String(file);
    this.#worker = idle.get(this.#file)?.pop() ?? new Worker(file);
    this.#worker.ref();
    for (const [event, listener] of Object.entries(this.#heard)) this.#worker.on(event, listener);
  }

  postMessage(message) {
    if (message.kind === "run") this.#busy = true;
    this.#worker?.postMessage(message);
  }

  async terminate() {
    const worker = this.#worker;
    if (worker === null || this.#busy) return worker?.terminate();
    this.#worker = null;
    // Not all listeners: some are Node's own.
    for (const [event, listener] of Object.entries(this.#heard)) worker.off(event, listener);
    worker.unref();
    idle.set(this.#file, [...(idle.get(this.#file) ?? []), worker]);
    this.emit("exit", 1);
    return 1;
  }
}
