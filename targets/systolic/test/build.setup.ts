import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { matmul } from "@loopnest/mapspace";
import type { TestProject } from "vitest/node";
import { buildSimulator, sizeFor } from "../src/build-simulator.js";
import { lower } from "../src/lower.js";
import { singleElement, testHardware } from "./test-machine.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The simulator of `testHardware`. */
    readonly program: string;
    /** Folder for caches: `loopnest measure` finds the same simulator there. */
    readonly cacheHome: string;
  }
}

/** Builds the simulator once, for all test files. */
export default async function setup(project: TestProject) {
  const cacheHome = await mkdtemp(join(tmpdir(), "loopnest-rtl-"));
  const job = lower(matmul({ m: 1, n: 1, k: 1 }), singleElement({}), testHardware);
  const sources = fileURLToPath(new URL("../", import.meta.url));
  try {
    project.provide("program", await buildSimulator(sources, join(cacheHome, "loopnest"), sizeFor(job)));
  } catch (error) {
    await rm(cacheHome, { recursive: true, force: true });
    throw error;
  }
  project.provide("cacheHome", cacheHome);
  return () => rm(cacheHome, { recursive: true, force: true });
}
