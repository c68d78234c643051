import { describe, expect, it } from "vitest";
import { jsonPlaces } from "./json-places.js";

const text = '{"a": [1, -2.5e3, true, null, "x\\n\\u00e9"], "b": {"c": {}, "d": []}, "e": 0}';

function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

describe("jsonPlaces", () => {
  it("agrees with JSON.parse on a text with any one letter left out, doubled or replaced", () => {
    for (let i = 0; i < text.length; i++) {
      for (const middle of ["", text[i]! + text[i]!, ",", '"', "{", "1"]) {
        const json = text.slice(0, i) + middle + text.slice(i + 1);
        expect([json, !("expected" in jsonPlaces(json))]).toEqual([json, parses(json)]);
      }
    }
  });

  it("agrees with JSON.parse on the corners of numbers and texts", () => {
    for (const json of [
      "",
      " 1 ",
      "01",
      "1.",
      "-",
      ".5",
      "1e",
      "1E+2",
      '"\t"',
      '"\\x"',
      "nul",
      "[1,]",
      "[,]",
      '{"a"}',
      "1 2",
    ]) {
      expect([json, !("expected" in jsonPlaces(json))]).toEqual([json, parses(json)]);
    }
  });

  it("says of a text that was cut that its end is where the fault is", () => {
    const uncut = '{"a": [1, -2.5e-3, true, false, null, "x\\n\\u00e9"], "b\\"": {"c": {}}}';
    for (let length = 0; length < uncut.length; length++) {
      expect([length, jsonPlaces(uncut.slice(0, length))]).toMatchObject([length, { offset: length }]);
    }
  });

  it("says where a string holds what it may not", () => {
    expect(jsonPlaces('["a\tb"]')).toMatchObject({ offset: 3, expected: expect.stringContaining("an escape such as") });
    expect(jsonPlaces('["a\\x"]')).toMatchObject({ offset: 3, expected: expect.stringContaining("JSON's escapes") });
  });

  it("says where, and what should stand there", () => {
    expect(jsonPlaces("[1, 2")).toEqual({ offset: 5, expected: ", or ]" });
    expect(jsonPlaces('{"a" 1}')).toEqual({ offset: 5, expected: ":" });
    expect(jsonPlaces("{} {}")).toEqual({ offset: 3, expected: "the end of the file" });
  });
});
