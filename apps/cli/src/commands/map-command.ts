import { Command } from "commander";
import { gathered } from "../options/option-values.js";
import type { SearchCommandOptions } from "../plan/search-options.js";
import { addSearchOptions } from "./add-search-options.js";
import { examples } from "./examples.js";

/** `loopnest map`: mappings on hardware of given sizes. */
export function mapCommand(): Command {
  const command = new Command("map")
    .description(
      "find a mapping for every layer of one network or several, or for single layers, on hardware of given sizes",
    )
    .argument(
      "<workload...>",
      "a network by name (see loopnest workloads), a workload file, an ONNX model, or a file of one layer",
    )
    .option("--layer <name>", "map only this layer of the network; may be repeated", gathered, [])
    .option("--fix <size=value>", "a hardware size (default: the target's); may be repeated", gathered, []);
  return addSearchOptions(command)
    .addHelpText(
      "after",
      examples(
        ["loopnest map resnet50 --target eyeriss", "a network on Eyeriss as it was built"],
        ["loopnest map resnet50 --layer fc --fix peDim=32 --fix scratchpadKb=128", "one layer on another gemmini"],
        ["loopnest map resnet50 --method exact", "the best mappings there are, with the proof"],
        ["loopnest map layer.yaml --objective latency --json", "a layer of your own, as fast as can be"],
      ),
    )
    .action(async (workloads: string[], options: SearchCommandOptions & { readonly layer: readonly string[] }) => {
      const { layer, ...given } = options;
      const { search } = await import("../search/search.js");
      await search(workloads, { ...given, mapOnly: { layers: layer } });
    });
}
