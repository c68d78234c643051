import { expect, it } from "vitest";
import { distinctFileName } from "./planned-run.js";

it("gives different names different files", () => {
  const names = ["a/b", "a-b", "A-B", "a-b-2", "net"];
  const files = names.map((name) => distinctFileName(name, names).toLowerCase());
  expect(new Set(files).size).toBe(names.length);
  expect([files[0], files.at(-1)]).toEqual(["a-b", "net"]);
});
