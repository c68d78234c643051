import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const network = fileURLToPath(new URL("apps/cli/test/fixtures/small.yaml", root));
const caseFile = fileURLToPath(new URL("apps/cli/test/fixtures/case.json", root));

/**
 * Kinds of files with a good one of each, and commands that read it: FILE stands for it. They end before anything is
 * searched.
 */
export function fuzzKinds() {
  const nothing = ["--fix", "noSuchSize=1"];
  return [
    {
      ending: ".yaml",
      text: read("apps/cli/test/fixtures/small.yaml"),
      commands: [["map", "FILE", "--layer", "none"]],
    },
    {
      ending: ".yaml",
      text: read("apps/cli/test/fixtures/case.yaml"),
      commands: [
        ["evaluate", "--case", "FILE"],
        ["explain", "--case", "FILE"],
        ["export", "timeloop", "--case", "FILE", "-o", "exported"],
      ],
    },
    { ending: ".json", text: read("apps/cli/test/fixtures/case.json"), commands: [["evaluate", "--case", "FILE"]] },
    {
      ending: ".jsonl",
      text: read("apps/cli/test/fixtures/case.json"),
      commands: [
        ["evaluate", "--cases", "FILE"],
        ["evaluate", "--model", "gemmini-rtl", "--cases", "FILE"],
        ["measure", "--target", "systolic", "--cases", "FILE", "-o", "samples.jsonl"],
      ],
    },
    {
      ending: ".yaml",
      text: read("examples/vector-engine.yaml"),
      commands: [["search", network, "--target", "FILE", ...nothing]],
    },
    {
      ending: ".yaml",
      text: "name: my-energies\nsource: mine\nactions:\n  DRAM: { read: 100, write: 100 }\n  MAC: { compute: 1 }\n",
      commands: [["search", network, "--energy-table", "FILE", ...nothing]],
    },
    {
      ending: ".json",
      text: '{"schemaVersion":1,"name":"m","target":"gemmini","residual":{"mean":0,"weights":[[1,2],[3,4]]}}',
      commands: [["evaluate", "--model", "FILE", "--cases", caseFile]],
    },
    {
      ending: ".jsonl",
      text: '{"problem":{"name":"p","dims":{"K":4,"C":4,"P":4}},"mapping":[],"cycles":100}\n',
      commands: [["calibrate", "--target", "gemmini", "--data", "FILE", "-o", "model.json", "--no-learning-curve"]],
    },
  ];
}
