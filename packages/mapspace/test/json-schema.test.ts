import { describe, expect, it } from "vitest";
import { type DocumentKind, jsonSchema, schemas } from "../src/schema/index.js";

// `npm run schemas` in packages/mapspace writes the files anew.
describe("published JSON Schema", () => {
  it.each(Object.keys(schemas) as DocumentKind[])("of a %s is up to date", async (kind) => {
    const text = `${JSON.stringify(jsonSchema(kind), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../schemas/${kind}.json`);
  });
});
