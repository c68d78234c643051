import { type Workload, workload, workloadNames } from "@loopnest/mapspace";
import { workloadSchema } from "@loopnest/mapspace/schema";
import { nameOrFile } from "./name-or-file.js";

/** @throws LoopnestError `input` for an unknown name or a file that cannot be read. */
export function workloadInput(given: string): Promise<Workload> {
  return nameOrFile(given, { what: "workload", names: workloadNames, builtIn: workload, schema: workloadSchema });
}
