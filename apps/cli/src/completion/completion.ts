import { workloadNames } from "@loopnest/mapspace";
import type { Command } from "commander";
import { bashScript } from "./bash.js";
import { fishScript } from "./fish.js";
import { commandWord } from "./words.js";
import { zshScript } from "./zsh.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

export type Shell = keyof typeof SCRIPTS;

/** `loopnest completion`: a script that teaches a shell all commands, options and names. */
export function completionScript(root: Command, shell: Shell): string {
  const names = workloadNames;
  return SCRIPTS[shell](commandWord(root, { search: names, map: names, pareto: names, compare: names }));
}
