import { LoopnestError, type SourcePosition, similarNames } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import type { Command, Option } from "commander";
import { readText } from "../files/read-text.js";
import { exclude } from "../options/exclusion.js";
import { formOf } from "../options/option-form.js";
import { standInList } from "../options/option-values.js";
import { SETTINGS_VARIABLE } from "./find-settings.js";
import { pathsOf, type SettableCommand, settableCommands, variablesOf } from "./settable.js";
import { type Settings, settingsSchema } from "./settings-schema.js";

/**
 * Puts settings in the place of options' defaults, so that what stands on the command line wins: the environment's
 * before the file's.
 *
 * @param file Of settings, if there is one.
 * @returns What gives an error about an option the place in the file, where the option's value comes from there.
 * @throws LoopnestError `input` for settings of the wrong form, with their place.
 */
export async function applySettings(
  root: Command,
  file: string | null,
  environment: NodeJS.ProcessEnv,
): Promise<(error: unknown) => unknown> {
  const source = file === null ? null : new SourceText(await readText(file), { file });
  const settings = source === null || source.data === null ? {} : validate(source, settingsSchema(root));
  const commands = settableCommands(root);
  const places = new Map<Option, Place>();
  let running: Command | null = null;
  checkVariables(commands, environment);
  for (const settable of commands) {
    const values = new Map<Option, unknown>();
    const set = (option: Option, value: unknown) => {
      for (const other of values.keys()) if (exclude(option, other)) values.delete(other);
      values.set(option, value);
    };
    for (const path of pathsOf(settable)) {
      const given = path.reduce<unknown>((at, name) => (at as Settings | undefined)?.[name], settings);
      for (const option of settable.options) {
        const value = (given as Settings | undefined)?.[option.attributeName()];
        if (value === undefined) continue;
        set(option, settingValue(option, value));
        const steps = [...path, option.attributeName()];
        places.set(option, { path: steps.join("."), position: source!.positionOf(steps) });
      }
    }
    for (const option of settable.options) {
      for (const variable of variablesOf(settable, option)) {
        const text = environment[variable];
        if (text === undefined || text === "") continue;
        set(option, variableValue(option, variable, text));
        places.delete(option);
      }
    }
    for (const [option, value] of values) {
      // As a default is: a required option is there, and no other one is in conflict with it.
      settable.command.setOptionValueWithSource(option.attributeName(), value, "default");
    }
    settable.command.hook("preAction", (_, command) => {
      running = command;
      dropOverridden(command, [...values.keys()]);
    });
  }
  return (error) => (running === null ? error : placed(error, running, places));
}

interface Place {
  readonly path: string;
  readonly position: SourcePosition;
}

/** An error about an option, with the place in the file if the running command has the option's value from there. */
function placed(error: unknown, command: Command, places: ReadonlyMap<Option, Place>): unknown {
  if (!(error instanceof LoopnestError) || error.data.position !== undefined) return error;
  const option = command.options.find(({ long }) => long === error.data.path);
  const place = option && places.get(option);
  if (place === undefined || command.getOptionValueSource(option!.attributeName()) !== "default") return error;
  return new LoopnestError({ ...error.data, ...place });
}

/** A setting gives way to an option on the command line that it cannot stand beside. */
function dropOverridden(command: Command, set: readonly Option[]): void {
  const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === "cli");
  for (const option of set) {
    if (given.includes(option) || !given.some((other) => exclude(option, other))) continue;
    command.setOptionValueWithSource(option.attributeName(), option.defaultValue, "default");
  }
}

/** What commander would have made of a value of the file, which has the right form. */
function settingValue(option: Option, value: unknown): unknown {
  const form = formOf(option);
  if (form === null) return value;
  if (form?.kind === "list") {
    const list = Array.isArray(value) ? value : Object.entries(value as object).map(([name, of]) => `${name}=${of}`);
    return standInList(list);
  }
  return option.parseArg === undefined ? String(value) : option.parseArg(String(value), undefined);
}

function variableValue(option: Option, variable: string, text: string): unknown {
  const fault = (problem: string, fix: string) =>
    new LoopnestError({ code: "input", path: variable, problem, fix, got: text });
  const form = formOf(option);
  if (form === null) {
    if (["1", "true"].includes(text)) return true;
    if (["0", "false"].includes(text)) return option.negate ? false : undefined;
    throw fault(`is ${text}`, "give 1 or 0");
  }
  if (form?.kind === "list") return standInList(text.split(",").map((part) => part.trim()));
  try {
    return option.parseArg === undefined ? text : option.parseArg(text, undefined);
  } catch (error) {
    throw fault(`is ${text}`, (error as Error).message);
  }
}

/** A variable that looks like one of a command's and is none is a slip. */
function checkVariables(commands: readonly SettableCommand[], environment: NodeJS.ProcessEnv): void {
  const known = commands.flatMap((command) => command.options.flatMap((option) => variablesOf(command, option)));
  const prefixes = commands.flatMap((command) =>
    pathsOf(command).map((path) => `${["LOOPNEST", ...path].join("_").toUpperCase()}_`),
  );
  for (const name of Object.keys(environment)) {
    if (name === SETTINGS_VARIABLE || known.includes(name) || !prefixes.some((prefix) => name.startsWith(prefix)))
      continue;
    const similar = similarNames(name, known, 1);
    throw new LoopnestError({
      code: "input",
      path: name,
      problem: "there is no such setting",
      fix: similar.length > 0 ? `did you mean ${similar.join(" or ")}?` : "see loopnest init for all settings",
    });
  }
}
