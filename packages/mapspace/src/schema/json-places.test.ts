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

  it("says where, and what should stand there", () => {
    expect(jsonPlaces("[1, 2")).toEqual({ offset: 5, expected: ", or ]" });
    expect(jsonPlaces('{"a" 1}')).toEqual({ offset: 5, expected: ":" });
    expect(jsonPlaces("{} {}")).toEqual({ offset: 3, expected: "the end of the file" });
  });
});
