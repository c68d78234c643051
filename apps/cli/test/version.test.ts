import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { version } from "../package.json";

const bin = fileURLToPath(new URL("../bin/loopnest.js", import.meta.url));

test("the built program prints its version", () => {
  expect(execFileSync(process.execPath, [bin, "--version"], { encoding: "utf8" })).toBe(`${version}\n`);
});
