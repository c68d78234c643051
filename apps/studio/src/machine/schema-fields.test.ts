import { builtInTarget } from "@loopnest/mapspace";
import { jsonSchema, writeDocument } from "@loopnest/mapspace/schema";
import { describe, expect, it } from "vitest";
import { fieldAt, fieldsIn } from "./schema-fields.js";

const schema = jsonSchema("target");
const text = writeDocument(builtInTarget("gemmini"), "yaml");
const names = (own: string, offset: number) => fieldsIn(schema, own, offset).map(({ name }) => name);

describe("fields to complete", () => {
  it("at the top are those of a target that are not there yet", () => {
    const start = "name: mine\n";
    expect(names(start, start.length)).toEqual(expect.arrayContaining(["levels", "sizes", "compute"]));
    expect(names(start, start.length)).not.toContain("name");
  });

  it("in an entry of levels are those of a level", () => {
    const start = "levels:\n  - name: DRAM\n    ";
    expect(names(start, start.length)).toEqual(expect.arrayContaining(["kind", "wordBits", "space"]));
    expect(names(start, start.length)).not.toContain("sizes");
  });

  it("in the space of a level are those of a space", () => {
    const start = "levels:\n  - name: DRAM\n    space:\n      ";
    expect(names(start, start.length)).toEqual(expect.arrayContaining(["temporal", "order", "spatialX"]));
  });
});

it("every field of a built-in target is one that the schema knows", () => {
  let offset = 0;
  for (const line of text.split("\n")) {
    const key = /^(\s*(?:- )*)([\w-]+):/.exec(line);
    if (key !== null) expect(fieldAt(schema, text, offset + key[1]!.length)?.name, line).toBe(key[2]);
    offset += line.length + 1;
  }
});
