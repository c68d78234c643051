import { Command } from "commander";
import { examples } from "./examples.js";

/** `loopnest targets` and `loopnest workloads`: what is built in. */
export function catalogueCommands(): Command[] {
  return [
    new Command("targets")
      .description("list the built-in accelerator templates and energy tables")
      .option("--json", "print everything about them as JSON")
      .option("--jsonl", "print each as a line of JSON")
      .addHelpText(
        "after",
        examples(["loopnest targets --json > targets.json", "a start for a target file of your own"]),
      )
      .action(async ({ json = false, jsonl = false }: { json?: boolean; jsonl?: boolean }) => {
        const { listTargets } = await import("../catalogue/list-targets.js");
        listTargets(json, jsonl);
      }),
    new Command("workloads")
      .description("list the built-in networks")
      .option("--json", "print them as JSON")
      .option("--jsonl", "print each as a line of JSON")
      .addHelpText("after", examples(["loopnest workloads --json", "names, layers, MACs and sources"]))
      .action(async ({ json = false, jsonl = false }: { json?: boolean; jsonl?: boolean }) => {
        const { listWorkloads } = await import("../catalogue/list-workloads.js");
        listWorkloads(json, jsonl);
      }),
  ];
}
