import type { Command, Option } from "commander";
import * as z from "zod";
import { exclude } from "../options/exclusion.js";
import { formOf } from "../options/option-form.js";
import { type SettableCommand, settableCommands } from "./settable.js";

/** Settings as a file gives them: by command, then option. */
export type Settings = Readonly<Record<string, unknown>>;

/** The schema of `loopnest.yaml`, made from the commands and options that there are. */
export function settingsSchema(root: Command): z.ZodType<Settings> {
  const shape: Record<string, z.ZodType> = {};
  const groups = new Map<string, Record<string, z.ZodType>>();
  for (const settable of settableCommands(root)) {
    const [first, second] = settable.path;
    const schema = commandSchema(settable).optional();
    if (second === undefined) shape[first!] = schema;
    else groups.set(first!, { ...groups.get(first!), ...(settable.isDefault && fields(settable)), [second]: schema });
  }
  for (const [name, commands] of groups) shape[name] = z.strictObject(commands).optional();
  return z.strictObject(shape).meta({
    title: "loopnest.yaml",
    description: "Settings of loopnest: defaults for the options of its commands",
  });
}

/** The JSON Schema of `loopnest.yaml`, for editors. */
export function settingsJsonSchema(root: Command): Record<string, unknown> {
  return z.toJSONSchema(settingsSchema(root), { io: "input", target: "draft-2020-12" }) as Record<string, unknown>;
}

function fields({ options }: SettableCommand): Record<string, z.ZodType> {
  return Object.fromEntries(
    options.map((option) => [
      option.attributeName(),
      optionSchema(option)
        .optional()
        .describe(option.negate ? `false: ${option.description}` : option.description),
    ]),
  );
}

function commandSchema(settable: SettableCommand): z.ZodType {
  const { command, options } = settable;
  return z
    .strictObject(fields(settable))
    .superRefine((given, context) => {
      const set = options.filter((option) => given[option.attributeName()] !== undefined);
      set.forEach((option, i) => {
        const other = set.slice(0, i).find((earlier) => exclude(earlier, option));
        if (other === undefined) return;
        context.addIssue({
          code: "custom",
          path: [option.attributeName()],
          message: `${other.attributeName()} and ${option.attributeName()} exclude each other`,
          params: { fix: "drop one of them" },
          input: given[option.attributeName()],
        });
      });
    })
    .describe(command.description());
}

function optionSchema(option: Option): z.ZodType {
  const form = formOf(option);
  if (form === null) return z.boolean();
  switch (form?.kind) {
    case "integer":
      return form.least > Number.MIN_SAFE_INTEGER ? z.int().min(form.least) : z.int();
    case "positive":
      return z.number().gt(0);
    case "notNegative":
      return z.number().min(0);
    case "names":
      return z.enum(form.names);
    case "list":
      return z.union([z.array(z.string()), z.record(z.string(), z.union([z.number(), z.string()]))]);
    default:
      return z.union([z.string(), z.number()]).superRefine((value, context) => {
        try {
          option.parseArg?.(String(value), undefined);
        } catch (error) {
          const params = { fix: "see --help" };
          context.addIssue({ code: "custom", message: (error as Error).message, params, input: value });
        }
      });
  }
}
