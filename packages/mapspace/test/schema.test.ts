import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  builtInTarget,
  builtInWorkload,
  conv,
  depthwiseConv,
  type LoopnestError,
  matmul,
  targetNames,
  workloadNames,
} from "../src/index.js";
import {
  architectureSchema,
  caseSchema,
  hardwareSchema,
  mappingSchema,
  parseDocument,
  problemSchema,
  targetSchema,
  workloadSchema,
  writeDocument,
} from "../src/schema/index.js";

const records = readFileSync(new URL("golden/cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");

function faults(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    const { data } = error as LoopnestError;
    expect(data.code).toBe("input");
    return [data, ...(data.more ?? [])].map(({ position, path, problem, fix }) => {
      return `${position?.file}:${position?.line}:${position?.column}: ${path}: ${problem}; ${fix}`;
    });
  }
  throw new Error("was accepted");
}

describe("a case", () => {
  it.each(records.map((text) => [JSON.parse(text).id, text]))("%s is the native format as it is", (_, text) => {
    const record = JSON.parse(text);
    const read = parseDocument(text, { file: "record.json" }, caseSchema);
    const levels = record.architecture.levels.map(
      ({ printedVectorAccessEnergyPj: _, ...level }: object & { printedVectorAccessEnergyPj?: number }) => level,
    );
    const { id, problem, mapping } = record;
    expect(read).toEqual({ id, problem, mapping, architecture: { ...record.architecture, levels } });
    for (const format of ["yaml", "json"] as const) {
      expect(parseDocument(writeDocument(read, format), { format }, caseSchema)).toEqual(read);
    }
  });
});

describe("a fault", () => {
  const problem = `# a small product
name: product
dims: {M: 4, N: 4, K: 8}
tensors:
  - name: A
    role: input
    ranks: [[[M, 1]], [[K, 1]]]
  - name: Z
    role: output
    ranks: [[[M, 1]], [[N, 1]]]
`;
  const read = (text: string) => parseDocument(text, { file: "p.yaml" }, problemSchema);

  it("is absent from the example", () => {
    expect(read(problem).dims).toEqual({ M: 4, N: 4, K: 8 });
  });

  it("names where it is and what would be right", () => {
    expect(faults(() => read(problem.replace("K: 8", "K: -8")))).toEqual([
      "p.yaml:3:23: dims.K: is -8; give a whole number of at least 1",
    ]);
    expect(faults(() => read(problem.replace("K: 8", "K: eight")))).toEqual([
      'p.yaml:3:23: dims.K: is "eight"; give a number',
    ]);
    expect(faults(() => read(problem.replace("role: output", "role: ouptut")))[0]).toContain(
      'p.yaml:9:11: tensors[1].role: is "ouptut"; did you mean output',
    );
    expect(faults(() => read(problem.replace("[[N, 1]]", "[[NN, 1]]")))[0]).toMatch(
      /^p\.yaml:10:25: tensors\[1\]\.ranks\[1\]\[0\]\[0\]: Z names an unknown dimension NN; /,
    );
    expect(faults(() => read(problem.replace("[[N, 1]]", "[[N]]")))).toEqual([
      'p.yaml:10:24: tensors[1].ranks[1][0]: is ["N"]; give a list of at least 2',
    ]);
  });

  it("of a misspelt field names the field that was meant, at the field", () => {
    expect(faults(() => read(problem.replace("dims:", "dimz:")))).toEqual([
      "p.yaml:2:1: dims: dims is missing; is dimz meant to be dims",
      "p.yaml:3:1: dimz: there is no field dimz; did you mean dims",
    ]);
  });

  it("does not hide the others", () => {
    const text = problem.replace("M: 4", "M: 0").replace("role: input", "roles: input");
    expect(faults(() => read(text)).length).toBe(3);
  });

  it("of YAML syntax has a place", () => {
    expect(faults(() => read(problem.replace("K: 8}", "K: 8")))[0]).toMatch(/^p\.yaml:4:1: undefined: .*flow/i);
    expect(faults(() => read(`${problem}name: again\n`))).toEqual([
      "p.yaml:11:1: undefined: name is listed twice; give each field once",
    ]);
  });

  it("of nothing is told from a value that is null", () => {
    for (const text of ["", "\n", "# nothing yet\n", "---\n", "--- # nothing\n...\n"]) {
      expect(
        faults(() => read(text)),
        text,
      ).toEqual(["p.yaml:1:1: undefined: there is nothing in it; give a file with content"]);
    }
    expect(faults(() => read("null"))).toEqual(["p.yaml:1:1: undefined: is null; give fields"]);
    expect(faults(() => read('""'))).toEqual(['p.yaml:1:1: undefined: is ""; give fields']);
    expect(faults(() => parseDocument("null", { file: "p.json" }, problemSchema))).toEqual([
      "p.json:1:1: undefined: is null; give fields",
    ]);
  });

  it("of JSON syntax has a place", () => {
    const json = (text: string) => faults(() => parseDocument(text, { file: "p.json" }, problemSchema))[0];
    expect(json('{\n\t"name": "x",\n}')).toBe(
      'p.json:3:1: undefined: unexpected "}" in JSON; a field name in double quotes should stand here',
    );
    expect(json('{"name": ')).toBe("p.json:1:10: undefined: the JSON ends too early; a value should stand here");
    expect(json('{"a": [1 2]}')).toBe('p.json:1:10: undefined: unexpected "2" in JSON; , or ] should stand here');
    expect(json('{\n\t"name": "x",\n\t"dims": {\n\t\t"M": 0.5\n\t},\n\t"tensors": []\n}')).toBe(
      "p.json:4:8: dims.M: is 0.5; give a whole number",
    );
  });
});

describe("an architecture", () => {
  const text = JSON.stringify(JSON.parse(records[0]!).architecture, null, 1);
  const read = (change: (text: string) => string) =>
    parseDocument(change(text), { file: "a.json" }, architectureSchema);

  it("takes one port or two, not a mixture", () => {
    expect(faults(() => read((t) => t.replace('"shared"', '"sharde"')))[0]).toContain(
      "shared is missing; is sharde meant to be shared",
    );
    expect(faults(() => read((t) => t.replace('"write"', '"shared"')))[0]).toContain(
      "levels[3].bandwidthWordsPerCycle.read: read and shared exclude each other; drop one of them",
    );
    expect(
      faults(() => read((t) => t.replace(/"bandwidthWordsPerCycle": null/, '"bandwidthWordsPerCycle": 5')))[0],
    ).toContain("is 5; give fields or null");
  });

  it("has whole fan-outs", () => {
    expect(faults(() => read((t) => t.replaceAll('"meshX": 14', '"meshX": 15')))[0]).toContain(
      "levels[2].meshX: 168 instances do not fill 15 columns",
    );
  });
});

describe("other nouns", () => {
  it("read a mapping and sizes", () => {
    expect(parseDocument("- {level: DRAM, temporal: [[K, 2]], spatial: [], keeps: [A]}", {}, mappingSchema)).toEqual([
      { level: "DRAM", temporal: [["K", 2]], spatial: [], keeps: ["A"] },
    ]);
    expect(
      faults(() =>
        parseDocument("- {level: D, temporal: [[K, 2]], spatial: [[K, 2, Z]], keeps: []}", {}, mappingSchema),
      ),
    ).toEqual(['undefined:1:51: [0].spatial[0][2]: is "Z"; give one of X, Y']);
    expect(parseDocument("peDim: 16 # columns", {}, hardwareSchema)).toEqual({ peDim: 16 });
  });

  it.each([...targetNames])("read the target %s as it is written in code", (name) => {
    for (const format of ["yaml", "json"] as const) {
      expect(parseDocument(writeDocument(builtInTarget(name), format), { format }, targetSchema)).toEqual(
        builtInTarget(name),
      );
    }
  });

  it.each([...workloadNames])("take the layers of the workload %s in full", (name) => {
    const network = builtInWorkload(name);
    expect(parseDocument(writeDocument(network, "json"), { format: "json" }, workloadSchema)).toEqual(network);
  });

  it("read a workload's shorthands", () => {
    const text = `
name: net # nothing of this comment is data
layers:
  - conv: {name: first, R: 3, S: 3, P: 8, Q: 8, C: 3, K: 16, stride: [2, 1]}
    count: 2
  - depthwiseConv: {R: 3, S: 3, P: 8, Q: 8, channels: 16}
  - matmul: {m: 8, n: 4, k: 2}
  - problem: {name: p, dims: {M: 2}, tensors: [{name: A, role: output, ranks: [[[M, 1]]]}]}
`;
    expect(parseDocument(text, {}, workloadSchema)).toEqual({
      name: "net",
      description: "",
      source: "",
      layers: [
        { count: 2, problem: conv({ name: "first", R: 3, S: 3, P: 8, Q: 8, C: 3, K: 16, stride: [2, 1] }) },
        { count: 1, problem: depthwiseConv({ R: 3, S: 3, P: 8, Q: 8, channels: 16 }) },
        { count: 1, problem: matmul({ m: 8, n: 4, k: 2 }) },
        {
          count: 1,
          problem: { name: "p", dims: { M: 2 }, tensors: [{ name: "A", role: "output", ranks: [[["M", 1]]] }] },
        },
      ],
    });
    expect(faults(() => parseDocument("name: n\nlayers:\n  - count: 1\n", { file: "w.yaml" }, workloadSchema))).toEqual(
      ["w.yaml:3:5: layers[0]: the layer has no operator; give one of conv, depthwiseConv, matmul, problem"],
    );
    const edge = "edges:\n  - { from: up, to: down, tensor: Inputs, count: 1, ranks: [[P, P]] }\n";
    expect(
      faults(() => parseDocument(`name: n\nlayers: [{ count: 1 }]\n${edge}`, { file: "w.yaml" }, workloadSchema)),
    ).toEqual(["w.yaml:2:10: layers[0]: the layer has no operator; give one of conv, depthwiseConv, matmul, problem"]);
    expect(
      faults(() =>
        parseDocument(
          "name: n\nlayers:\n  - conv: {R: 3, S: 3, P: 8, Q: 8, C: 3, K: 16, strid: 2}\n",
          { file: "w.yaml" },
          workloadSchema,
        ),
      ),
    ).toEqual(["w.yaml:3:49: layers[0].conv.strid: there is no field strid; did you mean stride"]);
  });
});

describe("a target with a clock and bytes a second", () => {
  const given = (change: object, dram: object) => {
    const target = builtInTarget("tpu-v1");
    const levels = target.levels.map((level, i) => (i === 0 ? { ...level, ...dram } : level));
    const document = { ...target, ...change, levels };
    return () => parseDocument(JSON.stringify(document), { file: "t.json" }, targetSchema);
  };
  // 40 words of 8 bits a cycle at 500 MHz are 20e9 bytes a second.
  const ports = { bandwidthWordsPerCycle: { shared: 40 }, wordBits: 8, instances: 1, meshX: 1 };

  it("is taken where both say the same, rounded as data sheets are", () => {
    for (const gigabytesPerSecond of [20, 19.9, 20.1]) given({ clockMhz: 500 }, { ...ports, gigabytesPerSecond })();
    given({ clockMhz: 500 }, { ...ports, bandwidthWordsPerCycle: { read: 30, write: 10 }, gigabytesPerSecond: 20 })();
  });

  it("is refused where they do not, or where one of them says nothing", () => {
    const [fault] = faults(given({ clockMhz: 500 }, { ...ports, gigabytesPerSecond: 25 }));
    expect(fault).toMatch(/levels\[0\]\.gigabytesPerSecond: 25 GB\/s, but .* 20 GB\/s at 500 MHz; give 20, or /);
    const clockless = { ...builtInTarget("tpu-v1") };
    delete (clockless as { clockMhz?: number }).clockMhz;
    const levels = clockless.levels.map((level, i) =>
      i === 0 ? { ...level, ...ports, gigabytesPerSecond: 20 } : level,
    );
    const read = () => parseDocument(JSON.stringify({ ...clockless, levels }), { file: "t.json" }, targetSchema);
    expect(faults(read)[0]).toContain("give the target's clockMhz");
    expect(
      faults(given({ clockMhz: 500 }, { ...ports, bandwidthWordsPerCycle: null, gigabytesPerSecond: 20 }))[0],
    ).toContain("unlimited");
  });
});
