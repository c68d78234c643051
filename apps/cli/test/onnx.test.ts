import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
for (const name of ["silero-vad-16k", "pp-ocr-v4-rec"]) {
  const file = fileURLToPath(new URL(`../../../packages/onnx/fixtures/${name}.onnx`, import.meta.url));
  copyFileSync(file, join(scratch, `${name}.onnx`));
}
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const sized = ["--dim", "batch=1", "--dim", "sequence=576", "--dim", "sr=16000"];
const quick = ["--samples", "30"];

/** Runs a command that has to succeed, and returns what it printed. */
async function done(...args: string[]) {
  const ended = await run(...args);
  expect({ status: ended.status, stderr: ended.status === 0 ? "" : ended.stderr }).toEqual({ status: 0, stderr: "" });
  return ended;
}

describe("import model.onnx", () => {
  test("writes a workload file and says what every operator was counted as", async () => {
    const { stdout, stderr } = await done("import", "silero-vad-16k.onnx", ...sized, "-o", "vad.yaml");
    expect(stderr).toBe("written to vad.yaml\n");
    expect(stdout).toMatch(/^silero-vad-16k: 679,552 MACs in 8 layers \(7 distinct\), inputs input \[1, 576\], /);
    expect(stdout).toMatch(/^Conv +6 +layers +548,480$/m);
    expect(stdout).toMatch(/^Relu +5 +fused$/m);
    expect(stdout).toMatch(/^LSTM +1 +layers +131,072 +1,024 +128$/m);
    expect(readFileSync(join(scratch, "vad.yaml"), "utf8")).toMatch(
      /^name: silero-vad-16k\n(.*\n)*layers:\n {2}- conv:\n {6}name: model\.stft\n/,
    );
  });

  test("to standard output: the workload alone, or everything as JSON", async () => {
    const plain = await done("import", "silero-vad-16k.onnx", ...sized);
    expect(plain.stdout).toMatch(/^name: silero-vad-16k\n/);
    expect(plain.stdout).not.toMatch(/counted as/);
    expect(plain.stderr).toMatch(/counted as/);
    const { stdout } = await done("import", "silero-vad-16k.onnx", ...sized, "--json");
    const { inputs, operators, workload } = JSON.parse(stdout);
    expect(inputs[0]).toEqual({ name: "input", shape: [1, 576] });
    expect(operators.find(({ operator }: { operator: string }) => operator === "Conv")).toMatchObject({
      macs: 548_480,
    });
    expect(workload.layers).toHaveLength(7);
  });

  test("without fusing moves more", async () => {
    const moved = async (...more: string[]) => {
      const { workload } = JSON.parse(
        (await done("import", "silero-vad-16k.onnx", ...sized, "--json", ...more)).stdout,
      );
      const list: { count: number; wordsRead: number }[] = workload.dataMovement;
      return list.reduce((sum, { count, wordsRead }) => sum + count * wordsRead, 0);
    };
    expect(await moved("--no-fuse")).toBeGreaterThan(await moved());
  });
});

describe("search model.onnx", () => {
  test("is the search of the imported file, and reproduces, data movement included", async () => {
    await done("import", "silero-vad-16k.onnx", ...sized, "-o", "same.yaml");
    const model = JSON.parse(
      (await done("search", "silero-vad-16k.onnx", ...sized, ...quick, "-o", "m", "--json")).stdout,
    );
    const file = JSON.parse((await done("search", "same.yaml", ...quick, "-o", "f", "--json")).stdout);
    expect(model.totals).toEqual(file.totals);
    const { dataMovement, latencyCycles, energyUj } = model.totals;
    const sum = (of: "latencyCycles" | "energyPj") =>
      model.layers.reduce((total: number, layer: Record<string, number>) => total + layer["count"]! * layer[of]!, 0);
    expect(dataMovement).toMatchObject({ wordsRead: 6247, wordsWritten: 4893 });
    expect(latencyCycles).toBe(sum("latencyCycles") + dataMovement.latencyCycles);
    expect(energyUj).toBeCloseTo(sum("energyPj") / 1e6 + dataMovement.energyUj, 9);
    const shares = model.layers.reduce(
      (total: number, { share }: { share: { energy: number } }) => total + share.energy,
      0,
    );
    expect(shares + dataMovement.energyUj / energyUj).toBeCloseTo(1, 12);
    expect((await done("evaluate", "--run", "m")).stdout).toMatch(/every figure reproduces/);
    for (const command of [
      ["show", "m"],
      ["explain", "m"],
    ]) {
      expect((await done(...command)).stdout).toMatch(/^data movement +\d.*% of EDP: 6,247 words read, 4,893 written/m);
    }
    // No operator is silently free: each is in the result, and each kind in every table.
    const operators: { kind: string; count: number; energyPj: number; wordsRead: number }[] = model.dataMovement;
    const total = (of: "energyPj" | "wordsRead") => operators.reduce((all, one) => all + one.count * one[of], 0);
    expect(total("wordsRead")).toBe(6247);
    expect(total("energyPj") / 1e6).toBeCloseTo(dataMovement.energyUj, 12);
    const kinds = [...new Set(operators.map(({ kind }) => kind))];
    expect(kinds).toContain("ReduceMean");
    const texts = [(await done("show", "m")).stdout, (await done("explain", "m")).stdout];
    texts.push((await done("search", "silero-vad-16k.onnx", ...sized, ...quick, "-o", "m")).stdout);
    for (const text of texts) {
      for (const kind of kinds) expect(text).toMatch(new RegExp(`^moved: ${kind} .*%`, "m"));
    }
    const lines = (await done("show", "m", "--jsonl")).stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ row }) => row === "data movement")).toHaveLength(operators.length);
    await done("report", "m", "-o", "report.html");
    for (const kind of kinds) {
      expect(readFileSync(join(scratch, "report.html"), "utf8")).toContain(`<td>moved: ${kind}</td>`);
    }
    expect(readFileSync(join(scratch, "report.html"), "utf8")).toMatch(/data movement, cycles/);
  });

  test("maps single layers without what the others move", async () => {
    const args = ["map", "silero-vad-16k.onnx", ...sized, "--layer", "model.stft", ...quick, "-o", "one", "--json"];
    const { layers, totals } = JSON.parse((await done(...args)).stdout);
    expect(layers.map(({ name }: { name: string }) => name)).toEqual(["model.stft"]);
    expect(totals).not.toHaveProperty("dataMovement");
  });
});

describe("bad input exits 2, with one clear message", () => {
  test.concurrent.each<[what: string, args: string[], stderr: RegExp]>([
    [
      "sizes that are missing",
      ["search", "pp-ocr-v4-rec.onnx", "--dim", "p2o.DynamicDimension.0=1", "-o", "never"],
      new RegExp(
        String.raw`^error: pp-ocr-v4-rec\.onnx: inputs\.x: the model leaves the size p2o\.DynamicDimension\.1 open; ` +
          String.raw`give it, for example --dim p2o\.DynamicDimension\.1=1`,
      ),
    ],
    [
      "a misspelt size",
      ["import", "silero-vad-16k.onnx", ...sized, "--dim", "batches=1"],
      /^error: silero-vad-16k\.onnx: the model has no size batches; did you mean batch$/,
    ],
    [
      "a size without a value",
      ["import", "silero-vad-16k.onnx", "--dim", "batch"],
      /--dim: cannot read batch; write it like batch_size=1$/,
    ],
    [
      "a size given twice",
      ["import", "silero-vad-16k.onnx", "--dim", "batch=1", "--dim", "batch=2"],
      /--dim: batch is given twice; give it once$/,
    ],
    [
      "a size for a network that has none open",
      ["search", "bert", "--dim", "batch=1", "-o", "never"],
      /--dim: bert has one size only; leave batch out$/,
    ],
    [
      "a size that a built-in network does not take",
      ["search", "llama-3-8b-decode", "--dim", "sequence=9", "-o", "never"],
      /--dim: there is no size of llama-3-8b-decode sequence; choose one of context, batch$/,
    ],
    [
      "a length that a built-in network cannot have",
      ["search", "gpt2-decode", "--dim", "context=2000", "-o", "never"],
      /--dim: context is 2000, and the model has 1024 positions; give at most 1024$/,
    ],
    [
      "a size for a workload file",
      ["search", "same.yaml", "--dim", "batch=2", "-o", "never"],
      /--dim: same\.yaml is a workload file, in which every size is a number; leave --dim out, or change the file$/,
    ],
    ["a missing model", ["search", "nowhere.onnx", "-o", "never"], /^error: nowhere\.onnx: no such file or folder/],
    [
      "a file of another kind",
      ["import", "vad.txt"],
      /vad\.txt is no ONNX model; give a file whose name ends in \.onnx$/,
    ],
    ["a misspelt program", ["import", "timelop"], /did you mean import timeloop\?$/],
  ])("%s", async (_what, args, expected) => {
    const { status, stdout, stderr } = await run(...args);
    expect(stderr.trimEnd()).toMatch(expected);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(existsSync(join(scratch, "never"))).toBe(false);
  });
});

describe("operators that are not known", () => {
  const whirl = "unknown-many";
  const file = fileURLToPath(new URL(`../../../packages/onnx/fixtures/field/${whirl}.onnx`, import.meta.url));
  const name = "PACTOps.RequantShift";

  test("stand in terminal, result.json, workload and report", async () => {
    copyFileSync(file, join(scratch, "whirl.onnx"));
    const { stdout } = await done("map", "whirl.onnx", ...quick, "-o", "whirl");
    expect(stdout).toMatch(/^not modelled +40 x PACTOps\.RequantShift: its words are counted, its arithmetic is not/m);
    const entry = { operator: name, count: 40, countedAs: "data movement" };
    const result = JSON.parse(readFileSync(join(scratch, "whirl/result.json"), "utf8"));
    expect(result.unmodelled).toMatchObject([entry]);
    expect((await done("show", "whirl")).stdout).toContain(`40 x ${name}`);
    await done("report", "whirl", "-o", "whirl.html");
    expect(readFileSync(join(scratch, "whirl.html"), "utf8")).toMatch(/Not modelled[\s\S]*PACTOps\.RequantShift/);
    await done("evaluate", "--run", "whirl");
  });

  test("are refused by --strict", async () => {
    copyFileSync(file, join(scratch, "whirl.onnx"));
    for (const command of ["search", "map", "import"]) {
      const { status, stderr } = await run(command, "whirl.onnx", "--strict");
      expect([status, stderr]).toEqual([2, expect.stringContaining(`40 x ${name}`)]);
    }
  });

  test("other programs' models are called what they are", async () => {
    writeFileSync(join(scratch, "frozen.pb"), Uint8Array.of(0x0a, 6, 0x0a, 1, 0x78, 0x12, 1, 0x79));
    for (const command of ["search", "import"]) {
      const { status, stderr } = await run(command, "frozen.pb");
      expect([status, stderr]).toEqual([2, expect.stringMatching(/frozen graph of TensorFlow.*tf2onnx/)]);
    }
  });
});
