import type { ErrorData, SourcePosition } from "@loopnest/mapspace";
import { terminalText } from "@loopnest/report";
import { CommanderError } from "commander";
import { type ExitCode, exitCodes } from "./exit-code.js";
import { Failure } from "./failure.js";
import { isSystemError, systemText } from "./system-fault.js";

/** An error as it is shown: its text, without a line break at the end, and the exit code it leads to. */
export interface ErrorReport {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** Most faults of one document that are listed. */
const MOST_FAULTS = 10;

/**
 * Puts any error into the words and the exit code that the program ends with: the one place where errors become text.
 *
 * A fault in a file reads `file:line:col: field: what is wrong; what would be right`, one line per fault.
 */
export function reportError(error: unknown): ErrorReport {
  if (isLoopnestError(error)) {
    const { more = [], ...first } = error.data;
    const faults = [first, ...more].slice(0, MOST_FAULTS).map(faultText);
    const hidden = more.length + 1 - faults.length;
    if (hidden > 0) faults.push(`... and ${hidden} more`);
    return {
      text: faults.join("\n"),
      exitCode: error.data.code === "infeasible" ? exitCodes.infeasible : exitCodes.input,
    };
  }
  if (error instanceof CommanderError) return { text: usageText(error), exitCode: exitCodes.input };
  if (error instanceof Failure) {
    const prefix = error.exitCode === exitCodes.failure ? "error: " : "";
    return { text: `${prefix}${error.message}`, exitCode: error.exitCode };
  }
  if (isSystemError(error)) return { text: systemText(error), exitCode: exitCodes.failure };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `error: loopnest has failed; please report this with the command you ran\n${detail}`,
    exitCode: exitCodes.failure,
  };
}

/** By its data rather than its class: an error that has crossed from a worker is a copy. */
function isLoopnestError(error: unknown): error is { data: ErrorData } {
  return error instanceof Error && error.name === "LoopnestError" && "data" in error;
}

/** `file:line:col: field: what is wrong; what would be right`, or `error: ...` where no place in a file is at fault. */
function faultText({ position, path, problem, fix }: ErrorData): string {
  const what = `${path ? `${path}: ` : ""}${problem}${fix ? `; ${fix}` : ""}`;
  return terminalText(position === undefined ? `error: ${what}` : `${positionText(position)}: ${what}`);
}

function positionText({ file = "(input)", line, column }: SourcePosition): string {
  return `${file}:${line}:${column}`;
}

/** Commander writes "error: what is wrong", and its suggestion on a line of its own. */
function usageText({ code, message }: CommanderError): string {
  // Commander has shown the help instead.
  if (code === "commander.help") return "";
  const hint = WITHOUT_FIX.includes(code) ? "; --help shows the usage" : "";
  const text = message
    .replace(/\n\(Did you mean (.*)\?\)$/s, "; did you mean $1?")
    .replace(" is invalid. ", " is invalid; ")
    .trimEnd();
  return text.replace(/\.$/, "") + hint;
}

/** What commander says without saying what would be right. */
const WITHOUT_FIX = ["commander.missingArgument", "commander.excessArguments", "commander.optionMissingArgument"];
