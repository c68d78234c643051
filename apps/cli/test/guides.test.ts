import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";
import { pageCommands } from "./page-commands.js";

// Every command of the tutorial and of the pages for users of other programs runs, and prints what stands below it.
const guides = ["first-design", "from-timeloop", "from-zigzag", "from-accelforge", "from-dosa"];

describe.each(guides)("%s", (guide) => {
  const scratch = scratchFolder();
  mkdirSync(join(scratch, "examples"));
  const model = fileURLToPath(new URL("../../../examples/keyword-spotter.onnx", import.meta.url));
  copyFileSync(model, join(scratch, "examples/keyword-spotter.onnx"));
  const commands = pageCommands(new URL(`../../../docs/${guide}.md`, import.meta.url), scratch);

  test("has commands to run", () => expect(commands).not.toEqual([]));

  test.each(commands)("$line", async ({ line, promised }) => {
    const [command, file] = line.split(" > ");
    const [program, ...args] = command!.split(" ");
    expect(program).toBe("loopnest");
    const { status, stdout, stderr } = await loopnest(args, { cwd: scratch });
    expect({ status, error: /error:.*/.exec(stderr)?.[0] }).toEqual({ status: 0 });
    if (file !== undefined) writeFileSync(join(scratch, file), stdout);
    const printed = `${stdout}\n${stderr}`.split("\n");
    expect(promised.filter((own) => !printed.includes(own))).toEqual([]);
  });
});
