import { LoopnestError } from "@loopnest/mapspace";
import { expect, test } from "vitest";
import { exitCodes } from "./exit-code.js";
import { Failure } from "./failure.js";
import { reportError } from "./report-error.js";

test("a fault in a file: where, which field, what is wrong, what would be right", () => {
  const position = { file: "net.yaml", line: 3, column: 7 };
  const error = new LoopnestError({
    code: "input",
    path: "layers[0].conv.K",
    problem: "is 0",
    fix: "give 1 or more",
    position,
  });
  expect(reportError(error)).toEqual({
    text: "net.yaml:3:7: layers[0].conv.K: is 0; give 1 or more",
    exitCode: exitCodes.input,
  });
});

test("at most ten faults of a document", () => {
  const fault = { code: "input", problem: "is wrong" } as const;
  const { text } = reportError(new LoopnestError({ ...fault, more: Array.from({ length: 14 }, () => fault) }));
  expect(text.split("\n")).toHaveLength(11);
  expect(text).toMatch(/\n\.\.\. and 5 more$/);
});

test("exit codes by the kind of error", () => {
  expect(reportError(new LoopnestError({ code: "infeasible", problem: "nothing fits" })).exitCode).toBe(3);
  expect(reportError(new LoopnestError({ code: "capacity", problem: "too large" })).exitCode).toBe(2);
  expect(reportError(new Failure("does not reproduce"))).toEqual({ text: "error: does not reproduce", exitCode: 1 });
  expect(reportError(new Failure("interrupted", exitCodes.interrupted))).toEqual({
    text: "interrupted",
    exitCode: 130,
  });
  const full = Object.assign(new Error("ENOSPC: no space left"), {
    code: "ENOSPC",
    syscall: "write",
    path: "run/a.json.77.tmp",
  });
  expect(reportError(full)).toEqual({
    text: "error: run/a.json: the disk is full; make room, or write to another folder",
    exitCode: 1,
  });
  expect(reportError(new TypeError("x is undefined"))).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining("please report"),
  });
});
