import { conv, gemmini, LoopnestError, makeMapspace } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { mappingFromText, mappingText } from "../src/samples/csv-record.js";
import { executableMapping } from "../src/samples/executable-mapping.js";
import { readCases, readSamples } from "../src/samples/read-samples.js";
import { sampleHash } from "../src/samples/sample-hash.js";
import { prepareSamples } from "../src/training/prepared-samples.js";

const record = {
  id: "a",
  problem: { dims: { R: 3, S: 3, P: 8, Q: 8, C: 16, K: 32 }, stride: [2, 2] },
  mapping: [
    {
      level: "DRAM",
      temporal: [
        ["K", 2],
        ["Q", 8],
      ],
    },
    { level: "Scratchpad", spatial: [["K", 16, "X"]] },
    {
      level: "Accumulator",
      temporal: [
        ["S", 3],
        ["R", 3],
      ],
      spatial: [["C", 16, "X"]],
    },
    { level: "Registers", temporal: [["P", 8]] },
  ],
  cycles: 4321,
};
const line = JSON.stringify(record);
const csv = `id,R,S,P,Q,C,K,strideP,mapping,cycles
a,3,3,8,8,16,32,2,DRAM K2 Q8 | Scratchpad K16X | Accumulator S3 R3 C16X | Registers P8,4321
`;

function faultsOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof LoopnestError) return [error.data, ...(error.data.more ?? [])];
  }
  throw new Error("no fault");
}

describe("a file of samples", () => {
  it("is JSON lines or a table, with the same content", () => {
    const [fromJson] = readSamples(`${line}\n\n`, "samples.jsonl");
    const [fromCsv] = readSamples(csv, "samples.csv");
    expect({ ...fromJson, position: null }).toEqual({ ...fromCsv, position: null });
    expect([fromJson!.position, fromCsv!.position]).toEqual([
      { file: "samples.jsonl", line: 1, column: 1 },
      { file: "samples.csv", line: 2, column: 1 },
    ]);
    expect(fromJson!.problem).toEqual(conv({ ...record.problem.dims, stride: 2 }));
    expect(fromJson!.measuredCycles).toBe(4321);
    expect(sampleHash([fromJson!])).toBe(sampleHash([fromCsv!]));
    expect(sampleHash([{ ...fromJson!, measuredCycles: 4322 }])).not.toBe(sampleHash([fromCsv!]));
  });

  it("takes problems in full, other names of the cycles, and fields it does not know", () => {
    const { cycles, ...rest } = record;
    const full = { ...rest, problem: conv({ ...record.problem.dims, stride: 2 }), rtlCycles: cycles, note: "hot day" };
    expect(readSamples(JSON.stringify(full), "s.jsonl")[0]!.problem).toEqual(readSamples(line)[0]!.problem);
    expect(readSamples(JSON.stringify(full))[0]!.measuredCycles).toBe(4321);
  });

  it("names the line and the field of every fault", () => {
    const wrong = [
      line,
      line.replace("4321", '"many"'),
      line.replace('"K",2', '"K",2.5'),
      line.replace('"dims"', '"dimensions"'),
      JSON.stringify({ ...record, cycles: undefined }),
      `${line} x`,
    ].join("\n");
    const faults = faultsOf(() => readSamples(wrong, "mine.jsonl"));
    expect([...new Set(faults.map(({ position }) => position!.line))]).toEqual([2, 3, 4, 5, 6]);
    expect(faults.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["cycles", "mapping[0].temporal[0][1]", "problem.dims"]),
    );
    expect(faults.every(({ position }) => position!.file === "mine.jsonl" && position!.column >= 1)).toBe(true);
  });

  it.each([
    ['{"problem": "x", "mapping": []}', /problem: is "x"/],
    ['{"problem": null, "mapping": []}', /problem: is null/],
    ["null", /is null/],
    ["[]", /is \[\]/],
    ['"x"', /is "x"/],
  ])("says what is wrong with %s instead of a record", (line, message) => {
    expect(() => readSamples(line, "samples.jsonl")).toThrow(message);
  });

  it("names the line and the field of a table's fault", () => {
    expect(faultsOf(() => readSamples(csv.replace("4321", "fast"), "t.csv"))[0]).toMatchObject({
      path: "cycles",
      problem: "fast is not a number",
      position: { line: 2 },
    });
    expect(faultsOf(() => readSamples(csv.replace("K16X", "K-16X"), "t.csv"))[0]).toMatchObject({ path: "mapping" });
    expect(faultsOf(() => readSamples(csv.replace("strideP", "stridep"), "t.csv"))[0]!.problem).toBe(
      "there is no column stridep",
    );
    expect(faultsOf(() => readSamples(`${csv}a,b\n`, "t.csv"))[0]).toMatchObject({ position: { line: 3 } });
    expect(faultsOf(() => readSamples(`id\n"a`, "t.csv"))[0]!.problem).toMatch(/quote/);
    expect(faultsOf(() => readSamples(csv.replace("4321", "1e999"), "t.csv"))[0]).toMatchObject({ path: "cycles" });
    expect(faultsOf(() => readSamples(csv.replace(",8,8,", ",8.5,8,"), "t.csv"))[0]).toMatchObject({
      path: "P",
      position: { line: 2, column: 1 },
    });
    expect(faultsOf(() => readSamples(csv.replace(/DRAM.*P8/, ""), "t.csv"))[0]!.problem).toBe(
      "the mapping is missing",
    );
    expect(faultsOf(() => readSamples(csv.replace("strideP", "K"), "t.csv"))[0]).toMatchObject({
      problem: "there are two columns K",
      position: { line: 1 },
    });
  });

  it("must not give two measurements of one mapping", () => {
    expect(readSamples(JSON.stringify({ ...record, rtlCycles: 4321 }))[0]!.measuredCycles).toBe(4321);
    const [fault] = faultsOf(() => readSamples(JSON.stringify({ ...record, rtlCycles: 99 })));
    expect(fault).toMatchObject({ path: "rtlCycles", problem: "is 99, but cycles is 4321" });
  });

  it("names the line of what shows only on the target: factors, levels, sizes", () => {
    const changed = (change: (own: typeof record & { hardware?: Record<string, number> }) => void) => {
      const own = structuredClone(record);
      change(own);
      return JSON.stringify(own);
    };
    const wrong = [
      line,
      changed(({ mapping }) => (mapping[0]!.temporal![0]![1] = 4)),
      changed(({ mapping }) => (mapping[0]!.level = "DRUM")),
      changed((own) => (own.hardware = { peDims: 16 })),
      changed((own) => (own.hardware = { peDim: 8 })),
      changed((own) => (own.hardware = { scratchpadKb: 1 })),
      line,
    ].join("\n");
    const samples = readSamples(wrong, "mine.jsonl");
    const base = analyticalModel(gemmini);
    const faults = faultsOf(() => prepareSamples(base, samples));
    expect(faults.map(({ position, path }) => [position, path])).toEqual(
      [
        [2, "problem.dims.K"],
        [3, "mapping[0].level"],
        [4, "hardware.peDims"],
        [5, "mapping"],
        [6, "mapping"],
      ].map(([at, path]) => [{ file: "mine.jsonl", line: at, column: 1 }, path]),
    );
    expect(faults[3]!.problem).toBe("it needs 16 instances along X below Scratchpad; the machine has 8");
    expect(faults[4]).toMatchObject({ code: "infeasible", level: "Scratchpad" });
    // A machine that runs a large mapping in several passes.
    expect(prepareSamples(base, samples.slice(4, 5), {}, { severalPasses: true })).toHaveLength(1);
    const { position: _, ...unread } = samples[1]!;
    expect(faultsOf(() => prepareSamples(base, [unread]))[0]!.path).toBe("samples[0].problem.dims.K");
  });

  it("must hold something, and cycles where a measurement is asked for", () => {
    expect(faultsOf(() => readSamples("\n", "empty.jsonl"))[0]!.problem).toBe("there are no samples");
    const unmeasured = JSON.stringify({ ...record, cycles: undefined });
    expect(readCases(unmeasured)[0]!.measuredCycles).toBeUndefined();
  });

  it("writes a mapping on one line and reads it back", () => {
    const text = "DRAM K2 Q8 | Scratchpad K16X | Accumulator S3 R3 C16X | Registers P8";
    expect(mappingText(mappingFromText(text))).toBe(text);
  });
});

describe("a mapping as the machine executes it", () => {
  const space = makeMapspace(gemmini, conv({ R: 3, S: 3, P: 16, Q: 8, C: 32, K: 32 }));
  const executed = (text: string) => mappingText(executableMapping(space, mappingFromText(text)));

  it("runs loops of registers and scratchpad where a level has them", () => {
    expect(executed("DRAM K2 | Scratchpad Q2 K16X | Accumulator P4 S3 R3 Q4 C2 C16X | Registers P4")).toBe(
      "DRAM K2 Q2 | Scratchpad K16X | Accumulator S3 R3 C2 Q4 P16 C16X | Registers",
    );
  });

  it("puts a fixed order right and drops unit loops", () => {
    expect(executed("DRAM K2 C1 N1 | Scratchpad K16X | Accumulator P16 Q8 C2 R3 S3 C16X | Registers P1")).toBe(
      "DRAM K2 | Scratchpad K16X | Accumulator S3 R3 C2 Q8 P16 C16X | Registers",
    );
  });

  it("refuses what no level can run", () => {
    const wrong = (text: string) => faultsOf(() => executed(text))[0]!;
    expect(wrong("DRAM | Scratchpad C4X | Accumulator | Registers")).toMatchObject({ code: "infeasible", dim: "C" });
    expect(wrong("DRAM Z4 | Scratchpad | Accumulator | Registers").problem).toBe("unknown dimension Z");
    expect(wrong("DRAM | Accumulator | Scratchpad | Registers").path).toBe("mapping[1].level");
  });
});
