import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));
const read = (name) => readFileSync(path(name), "utf8");
const network = path("apps/cli/test/fixtures/small.yaml");
const caseFile = path("apps/cli/test/fixtures/case.json");
const smallest = path("scripts/campaigns/smallest.yaml");
const sizes = ["--fix", "peDim=2", "--fix", "scratchpadKb=1", "--fix", "accumulatorKb=1"];

/** What a campaign needs that the program itself writes: command lines, run once in the folder of the campaign. */
export const PREPARATION = [
  ["search", network, "--samples", "30", "--starts", "1", "-o", "run"],
  ["map", smallest, ...sizes, "--pad", "off", "--method", "exact", "-o", "exact"],
  ["search", smallest, ...sizes, "--pad", "off", "--method", "exact", "--certificate", "proof.json", "-o", "proven"],
  ["init"],
];

/**
 * Kinds of files with a good one of each, and commands that read it: FILE stands for it, DIR for its folder. They end
 * before anything is searched.
 *
 * `name` is the file's, `text` what it holds, read and written in `encoding` (utf8 unless given). `folder` is one that
 * it stands in, copied for each case; its checksums are made anew, so that not they alone refuse the file.
 *
 * @param made Folder in which the preparation has run.
 */
export function fuzzKinds(made) {
  return [
    ...inputKinds(),
    ...timeloopKinds(),
    ...onnxKinds(),
    ...runKinds(join(made, "run")),
    {
      name: "proof.json",
      text: readFileSync(join(made, "proof.json"), "utf8"),
      commands: [["evaluate", "--certificate", "FILE"]],
    },
    {
      name: "loopnest.yaml",
      text: readFileSync(join(made, "loopnest.yaml"), "utf8").replaceAll(/^# (?=( *)(# |\w+:))/gm, ""),
      commands: [["search", network, "--fix", "noSuchSize=1"], ["targets"]],
    },
  ];
}

/** What people write by hand, and samples. */
function inputKinds() {
  const nothing = ["--fix", "noSuchSize=1"];
  const caseText = read("apps/cli/test/fixtures/case.json");
  return [
    {
      name: "network.yaml",
      text: read("apps/cli/test/fixtures/small.yaml"),
      commands: [["map", "FILE", "--layer", "none"]],
    },
    {
      name: "block.yaml",
      text:
        "name: block\nlayers:\n  - { matmul: { name: up, m: 16, k: 16, n: 32 }, count: 3 }\n" +
        "  - { matmul: { name: down, m: 16, k: 32, n: 16 }, count: 3 }\nedges:\n" +
        "  - { from: up, to: down, tensor: Inputs, count: 3, ranks: [[P, P], [K, C]], through: [Gelu] }\n",
      commands: [["fuse", "FILE", "--fix", "noSuchSize=1"]],
    },
    {
      name: "case.yaml",
      text: read("apps/cli/test/fixtures/case.yaml"),
      commands: [
        ["evaluate", "--case", "FILE"],
        ["explain", "--case", "FILE"],
        ["export", "timeloop", "--case", "FILE", "-o", "exported"],
        ["export", "c", "--case", "FILE", "-o", "exported"],
      ],
    },
    { name: "case.json", text: caseText, commands: [["evaluate", "--case", "FILE"]] },
    {
      name: "cases.jsonl",
      text: caseText,
      commands: [
        ["evaluate", "--cases", "FILE"],
        ["evaluate", "--model", "gemmini-rtl", "--cases", "FILE"],
        ["measure", "--target", "systolic", "--cases", "FILE", "-o", "samples.jsonl"],
      ],
    },
    {
      name: "trees.jsonl",
      text: read("scripts/campaigns/tree.json"),
      commands: [["evaluate", "--counts", "looptree", "--cases", "FILE"]],
    },
    {
      name: "target.yaml",
      text: read("examples/vector-engine.yaml"),
      commands: [["search", network, "--target", "FILE", ...nothing]],
    },
    {
      name: "energies.yaml",
      text:
        "name: mine\nsource: measured\nlevels:\n" +
        "  DRAM: { readEnergyPj: 100, fillEnergyPj: 90, updateEnergyPj: 110 }\n" +
        "  Scratchpad: { energyPerVectorAccessPj: 4, areaUm2: 5, leakPjPerCycle: 0.1 }\n" +
        "mac: { energyPj: 0.5, areaUm2: 2 }\n",
      commands: [["search", network, "--energy-table", "FILE", ...nothing]],
    },
    {
      name: "model.json",
      text: '{"schemaVersion":1,"name":"m","target":"gemmini","residual":{"mean":0,"weights":[[1,2],[3,4]]}}',
      commands: [["evaluate", "--model", "FILE", "--cases", caseFile]],
    },
    {
      name: "samples.jsonl",
      text: '{"problem":{"name":"p","dims":{"K":4,"C":4,"P":4}},"mapping":[],"cycles":100}\n',
      commands: [["calibrate", "--target", "gemmini", "--data", "FILE", "-o", "model.json", "--no-learning-curve"]],
    },
    {
      name: "study.yaml",
      text: read("apps/cli/test/fixtures/study.yaml").replaceAll("small.yaml", network),
      commands: [["sweep", "FILE", "--dry-run"]],
    },
  ];
}

/** Each of the files of a Timeloop run, beside good ones of the others. */
function timeloopKinds() {
  const folder = "apps/cli/test/fixtures/field/timeloop/";
  const names = ["a0.yaml", "prob.yaml", "m3.yaml", "ERTe.yaml", "c.yaml"];
  return names.map((name) => {
    const others = names.slice(0, 4).filter((other) => other !== name);
    const command = ["import", "timeloop", "FILE", ...others.map((other) => path(folder + other))];
    return {
      name,
      text: read(folder + name),
      commands: [command, [...command, "--as-target", "-o", "machine"]],
    };
  });
}

function onnxKinds() {
  const folder = path("packages/onnx/fixtures/field");
  return ["mha-packed-qkv.onnx", "qonnx-quant.onnx", "scan-opset8.onnx", "dim-expression.onnx"].map((name) => ({
    name,
    text: readFileSync(join(folder, name), "latin1"),
    encoding: "latin1",
    commands: [
      ["import", "FILE"],
      ["map", "FILE", "--layer", "none"],
    ],
  }));
}

/** Each file of a run folder that a command reads. */
function runKinds(folder) {
  const layer = `layers/${readdirSync(join(folder, "layers"))[0]}`;
  return ["result.json", "inputs.json", "convergence.csv", "SHA256SUMS", layer].map((name) => ({
    name,
    folder,
    text: readFileSync(join(folder, name), "utf8"),
    commands: [
      ["show", "DIR"],
      ["evaluate", "--run", "DIR"],
      ["report", "DIR", "-o", "page.html"],
      ["explain", "DIR"],
      ["export", "timeloop", "--run", "DIR", "-o", "exported"],
    ],
  }));
}
