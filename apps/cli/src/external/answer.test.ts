import { expect, test } from "vitest";
import { readAnswer } from "./answer.js";

test("answers, errors and noise", () => {
  expect(readAnswer('{"id": 7, "cycles": 12, "energyPj": 3, "more": []}')).toEqual({
    id: "7",
    answer: { cycles: 12, energyPj: 3 },
  });
  expect(readAnswer('{"id":"a","error":{"message":"too large"}}')).toEqual({ id: "a", error: "too large" });
  for (const noise of ["", "cycle 5", "{", "null", "[1]", '{"cycles": 5}']) expect(readAnswer(noise)).toBe(null);
});

test("an answer that cannot be is an error of its case", () => {
  for (const cycles of ["-1", "0", "null", '"12"', "1e999"]) {
    expect(readAnswer(`{"id":"a","cycles":${cycles}}`)).toEqual({
      id: "a",
      error: expect.stringMatching(/^its answer cannot be used: cycles: /),
    });
  }
  expect(readAnswer('{"id":"a","cycles":1,"energyPj":-2}')).toMatchObject({ error: expect.stringMatching(/energyPj/) });
});
