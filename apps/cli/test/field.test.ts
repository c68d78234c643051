import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

// Small inputs that real use broke; what is right of each was written down by those who found it.
const folder = scratchFolder();
const field = (file: string) => fixture(`field/${file}`);

describe("machines for which an earlier version certified no optimum", () => {
  const questions = [
    ["case-systolic-1156-3", ["--objective", "latency", "--max-area", "0.020922667638899255"], 234],
    ["case-systolic-1030-1", ["--objective", "edap", "--max-latency", "213"], 0.0307],
    ["case-gemmini-1467-6", ["--objective", "latency", "--max-area", "0.004967824678418743"], 2560],
  ] as const;
  test.each(questions)("%s: no worse than what a part of the space holds", async (name, options, known) => {
    const own = (file: string) => field(`exact/${name}/${file}`);
    const question = ["search", own("net.json"), "--target", own("target.json"), "--method", "exact", ...options];
    const { status, stdout } = await loopnest([...question, "--json", "-o", join(folder, name)]);
    expect(status).toBe(0);
    const { value, lowerBound } = JSON.parse(stdout);
    expect(value).toBeLessThanOrEqual(known);
    expect(value / lowerBound).toBeCloseTo(1, 9);
  });

  test("step-min: sizes are multiples of their step", async () => {
    const own = (file: string) => field(`exact/step-min/${file}`);
    const question = ["search", own("net.yaml"), "--target", own("target.json"), "--method", "exact"];
    const { stdout } = await loopnest([...question, "--json", "-o", join(folder, "step-min")]);
    const { value, hardware } = JSON.parse(stdout);
    expect(hardware.peDim % 16).toBe(0);
    expect(value).toBeLessThanOrEqual(44_587.7);
  });
});

describe("files that are wrong: one message with place and fix, exit 2", () => {
  const search = (file: string) => ["search", field(file), "--target", "gemmini"];
  const timeloop = (file: string) => ["import", "timeloop", field(file), field("timeloop/prob.yaml")];
  test.each([
    [
      search("01-cyclic.yaml"),
      /01-cyclic\.yaml:1:5: the alias \*a stands inside its own value; write the values out\n$/,
    ],
    [search("03-deep.json"), /03-deep\.json:1:101: nested more than 100 deep; write a flatter document\n$/],
    [
      search("06-complex-keys-hang.yaml"),
      /hang\.yaml:1:3: a list or fields as the name of a field; name fields by words/,
    ],
    [search("07-anchor.yaml"), /07-anchor\.yaml:1:4: a list or fields as the name of a field; name fields by words/],
    [search("08-merge.yaml"), /08-merge\.yaml:3:1: <<: there is no field <<; the fields are name, /],
    [
      ["calibrate", "--data", field("05-problem-text.jsonl"), "--target", "systolic", "-o", join(folder, "model.json")],
      /05-problem-text\.jsonl:1:19: problem: is "x"; give fields\n$/,
    ],
    [
      ["evaluate", "--model", "gemmini-rtl", "--cases", field("05-problem-text.jsonl")],
      /05-problem-text\.jsonl:1:19: problem: is "x"; give fields\n$/,
    ],
    [
      ["evaluate", "--model", field("12-model-mean-1e5.json"), "--cases", field("pr1.jsonl")],
      /mean-1e5\.json:1:3462: residual\.mean: is 100000; give a number of at most 50\n$/,
    ],
    [
      timeloop("13-timeloop-type.yaml"),
      /a directive of type hasOwnProperty; types are temporal, spatial and datatype\n$/,
    ],
    [timeloop("15-timeloop-negative.yaml"), /arch\.arithmetic\.area: is -600; write a number of at least 0\n$/],
    [
      ["evaluate", "--cases", field("inf1.jsonl")],
      /energyPerVectorAccessPj: is 1e\+308; give a number of at most 1e\+30\n$/,
    ],
    [["evaluate", "--cases", field("pr1.jsonl")], /levels\[1\]\.name: is __proto__, .*; give another name\n$/],
  ])("%j", async (args, message) => {
    const { status, stderr } = await loopnest(args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

describe("Timeloop's files as people write them", () => {
  const plain = { arch: "a0", problem: "prob", map: "m3", table: "ERTe" };
  const imported = async (changed: Partial<typeof plain>, ...more: string[]) => {
    const files = [...Object.values({ ...plain, ...changed }), ...more].map((name) => field(`timeloop/${name}.yaml`));
    const { status, stdout, stderr } = await loopnest(["import", "timeloop", ...files]);
    expect(status).toBe(0);
    return { stdout, stderr };
  };

  test.each([
    [{ arch: "a1" }, "a1.yaml:8:7: note: Buf has no word-bits: 16, as Timeloop assumes"],
    [{ problem: "p1" }, "p1.yaml:9:14: note: Foo is no dimension or coefficient of the problem and is not read"],
    [{ problem: "p6" }, "p6.yaml:9:14: note: densities is not read: every tensor is dense"],
    [{}, "m3.yaml:2:3: note: DRAM: the permutation leaves out K, X: outermost, in the order of the problem"],
  ])("%j is read, and said", async (changed, note) => {
    expect((await imported(changed)).stderr).toContain(note);
  });

  test("a report among the files is skipped with a note", async () => {
    const { stderr } = await imported({}, "ART_summary");
    expect(stderr).toContain("ART_summary.yaml:1:1: note: ART_summary is a report and is skipped");
  });

  test("a port that has only a read bandwidth, a coefficient of 0, a shape without a name, no mapping", async () => {
    expect((await imported({ arch: "a3" })).stdout).toMatch(/bandwidthWordsPerCycle:\n +read: 2\n/);
    expect((await imported({ problem: "p3" })).stdout).toMatch(/name: I\n +role: input\n +ranks: \[\[\[C, 1\]\]/);
    expect((await imported({ problem: "p2" })).stdout).toMatch(/problem:\n {2}name: problem\n/);
    expect((await imported({ map: "m0" })).stdout).not.toContain("mapping:");
  });

  test("loops without a permutation run in the order of the dimensions, innermost first", async () => {
    expect((await imported({})).stdout).toContain("temporal: [[X, 4], [C, 4], [K, 2]]");
  });

  test("clusters and wires are part of a target, and searches count them", async () => {
    const dir = join(folder, "machine");
    const arch = join(folder, "wires.yaml");
    const text = await readFile(field("timeloop/a2.yaml"), "utf8");
    await writeFile(arch, text.replace("cluster-size: 4", "cluster-size: 4, energy-per-hop: 0.5, router-energy: 2"));
    const files = [arch, ...["prob", "ERTe"].map((name) => field(`timeloop/${name}.yaml`))];
    const { stderr } = await loopnest(["import", "timeloop", ...files, "--as-target", "-o", dir]);
    expect(stderr).not.toContain("note:");
    const target = await readFile(join(dir, "target.yaml"), "utf8");
    expect(target).toMatch(/clusterSize: 4\n +network:\n +hopEnergyPj: 0.5\n +routerEnergyPj: 2\n/);
    const run = join(dir, "run");
    const given = [join(dir, "workload.yaml"), "--target", join(dir, "target.yaml")];
    const searched = await loopnest(["search", ...given, "--method", "random", "--samples", "5", "-o", run]);
    expect(searched.status).toBe(0);
    const result = JSON.parse(await readFile(join(run, "result.json"), "utf8"));
    expect(result.layers[0].levels.Buf.networkPj).toBeGreaterThan(0);
    const [{ levels, computeEnergyPj, energyPj }] = result.layers;
    const parts = ["DRAM", "Buf"].flatMap((level) => Object.values<{ energyPj: number }>(levels[level].tensors));
    const accesses = parts.reduce((sum, part) => sum + part.energyPj, computeEnergyPj);
    expect((accesses + levels.Buf.networkPj) / energyPj).toBeCloseTo(1, 12);
  });
});
