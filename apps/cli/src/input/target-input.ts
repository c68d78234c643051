import { builtInTarget, type Target, targetNames } from "@loopnest/mapspace";
import { targetSchema } from "@loopnest/mapspace/schema";
import { nameOrFile } from "./name-or-file.js";

/** @throws LoopnestError `input` for an unknown name or a file that cannot be read. */
export function targetInput(given: string): Promise<Target> {
  return nameOrFile(given, { what: "target", names: targetNames, builtIn: builtInTarget, schema: targetSchema });
}
