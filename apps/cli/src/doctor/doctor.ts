import { plainTable } from "@loopnest/report";
import type { Command } from "commander";
import { Failure } from "../errors/failure.js";
import type { Finding } from "../model-check/finding.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { findings } from "./checks.js";

/** What is looked at, and how it is told. */
export interface DoctorOptions extends OutputForm {
  /** Name or file of a model that is looked at instead. */
  readonly model?: string;
  /** The model's target, by name or file. */
  readonly target?: string;
}

/**
 * `loopnest doctor`: says what is installed and usable; `--model`: whether a model holds what searches take for
 * granted.
 *
 * @throws Failure if something must be put right; what is merely missing is no failure.
 */
export async function doctor(root: Command, { model, target, ...form }: DoctorOptions): Promise<void> {
  const found = await (model === undefined
    ? findings(root)
    : (await import("../model-check/doctor-model.js")).doctorModel(model, target));
  printData(form, { document: () => found, lines: () => found, text: () => `${findingsTable(found)}\n` });
  const faults = found.filter(({ state }) => state === "fault");
  if (faults.length > 0)
    throw new Failure(`to be put right: ${faults.map(({ name, found }) => `${name} (${found})`).join("; ")}`);
}

function findingsTable(found: readonly Finding[]): string {
  const rows = found.map(({ name, state, found, purpose }) => [state, name, found, purpose]);
  const columns = [{ title: "state" }, { title: "what" }, { title: "found", wraps: true }, { title: "for" }];
  return plainTable(columns, rows, process.stdout.isTTY ? process.stdout.columns : undefined);
}
