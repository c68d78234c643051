import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { studyJsonSchema } from "./study-file.js";

// `npm run schemas` in apps/cli writes the file anew.
test("the published JSON Schema of studies is up to date", async () => {
  await expect(`${JSON.stringify(studyJsonSchema(), null, 2)}\n`).toMatchFileSnapshot("../../schemas/study.json");
});

test("editors complete fields and names", () => {
  const schema = JSON.parse(readFileSync(new URL("../../schemas/study.json", import.meta.url), "utf8"));
  const { axes, exclude, keep } = schema.properties;
  expect(Object.keys(axes.properties)).toContain("maxAreaMm2");
  expect(axes.properties.method.items.enum).toContain("exact");
  expect(exclude.items.properties.objective.anyOf[0].enum).toContain("edp");
  expect(keep.enum).toEqual(["figures", "runs"]);
});
