import { expect, it } from "vitest";
import { LoopnestError } from "./loopnest-error.js";

it("makes its text from the data: where, what, what would be right", () => {
  const error = new LoopnestError({ code: "input", path: "mapping[1]", problem: "it is wrong", fix: "make it right" });
  expect(error.message).toBe("mapping[1]: it is wrong; make it right");
  expect(new LoopnestError({ code: "input", problem: "it is wrong" }).message).toBe("it is wrong");
});

it("is an Error whose data survive JSON", () => {
  const data = { code: "capacity", problem: "too large", level: "Buffer", needed: 3, available: 2 } as const;
  const error = new LoopnestError(data);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("LoopnestError");
  expect(error.code).toBe("capacity");
  expect(JSON.parse(JSON.stringify(error))).toEqual({ ...data, message: "too large" });
});
