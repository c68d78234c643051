import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { architecturePage, floorsDrawing } from "./architecture-page.js";
import { root } from "./documents.js";

it.each([
  ["docs/architecture.md", architecturePage],
  ["docs/img/architecture.svg", floorsDrawing],
])("%s is what the sources say (UPDATE_DOCS=1 writes it)", (path, make) => {
  const file = join(root, path);
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, make());
  expect(readFileSync(file, "utf8")).toBe(make());
});
