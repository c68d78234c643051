import type { Command } from "commander";

/** Commander keeps which command is meant where none is named, and does not say it. */
const standIns = new WeakSet<Command>();

/** Adds the command that is meant where none of the others is named, as `onnx` of `import model.onnx`. */
export function addStandIn(parent: Command, command: Command): Command {
  standIns.add(command);
  return parent.addCommand(command, { isDefault: true });
}

/** Whether the name of a command may be left out. */
export function isStandIn(command: Command): boolean {
  return standIns.has(command);
}
