import { targetNames, workloadNames } from "@loopnest/mapspace";
import { energyTableNames } from "@loopnest/model-analytical";
import type { Command } from "commander";
import { modelNames } from "../input/model-names.js";
import { bashScript } from "./bash.js";
import { fishScript } from "./fish.js";
import { commandWord } from "./words.js";
import { zshScript } from "./zsh.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

export type Shell = keyof typeof SCRIPTS;

/** `loopnest completion`: a script that teaches a shell all commands, options and names. */
export function completionScript(root: Command, shell: Shell): string {
  return SCRIPTS[shell](
    commandWord(root, {
      search: workloadNames,
      map: workloadNames,
      pareto: workloadNames,
      compare: workloadNames,
      completion: Object.keys(SCRIPTS),
      "<target>": targetNames,
      "<workload>": workloadNames,
      "<network...>": workloadNames,
      "<table>": energyTableNames,
      "<model>": modelNames,
    }),
  );
}
