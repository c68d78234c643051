import { describe, expect, test } from "vitest";
import { program } from "../program.js";
import { settableCommands, variablesOf } from "./settable.js";
import { settingsJsonSchema, settingsSchema } from "./settings-schema.js";

// `npm run schemas` in apps/cli writes the file anew.
test("the published JSON Schema of loopnest.yaml is up to date", async () => {
  const text = `${JSON.stringify(settingsJsonSchema(program()), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../schemas/loopnest.json");
});

describe("settings", () => {
  const schema = settingsSchema(program());
  const fits = (settings: unknown) => schema.safeParse(settings).success;

  test("are what the options take", () => {
    expect(fits({ search: { samples: 100, maxArea: 2.5, objective: "latency", json: true, fix: { peDim: 16 } } })).toBe(
      true,
    );
    expect(fits({ import: { fuse: false, dim: { batch: 1 } } })).toBe(true);
    expect(fits({ import: { onnx: { fuse: false } } })).toBe(true);
    expect(fits({ import: { fusing: false } })).toBe(false);
    expect(fits({ search: { fix: ["peDim=16"] }, import: { timeloop: { ignore: ["noc"] } } })).toBe(true);
    for (const search of [
      { samples: 0 },
      { samples: "many" },
      { maxArea: -1 },
      { objective: "speed" },
      { json: "yes" },
      { sampels: 1 },
    ]) {
      expect(fits({ search })).toBe(false);
    }
    expect(fits({ serach: {} })).toBe(false);
  });

  test("do not name what excludes each other, or belongs to one call", () => {
    expect(fits({ search: { steps: 10, samples: 10 } })).toBe(false);
    expect(fits({ search: { resume: "runs/a" } })).toBe(false);
    expect(fits({ search: { force: true } })).toBe(false);
  });

  test("have variables of their own", () => {
    const commands = settableCommands(program());
    const variables = commands.flatMap((command) => command.options.flatMap((option) => variablesOf(command, option)));
    expect(new Set(variables).size).toBe(variables.length);
    for (const name of [
      "LOOPNEST_SEARCH_MAX_AREA",
      "LOOPNEST_IMPORT_TIMELOOP_ERT",
      "LOOPNEST_IMPORT_DIM",
      "LOOPNEST_IMPORT_ONNX_DIM",
      "LOOPNEST_REPORT_OUTPUT",
    ]) {
      expect(variables).toContain(name);
    }
  });
});
