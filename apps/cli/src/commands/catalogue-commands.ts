import { Command } from "commander";
import type { OutputForm } from "../terminal/print-data.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest targets` and `loopnest workloads`: what is built in. */
export function catalogueCommands(): Command[] {
  return [
    addOutputOptions(
      new Command("targets").description("list the built-in accelerator templates and energy tables"),
      "everything about them",
      "a template or an energy table a line",
    )
      .addHelpText(
        "after",
        examples(["loopnest targets --json > targets.json", "a start for a target file of your own"]),
      )
      .action(async (form: OutputForm) => {
        const { listTargets } = await import("../catalogue/list-targets.js");
        listTargets(form);
      }),
    addOutputOptions(
      new Command("workloads").description("list the built-in networks"),
      "names, layers, MACs and sources",
      "a network a line",
    )
      .addHelpText("after", examples(["loopnest workloads --json", "names, layers, MACs and sources"]))
      .action(async (form: OutputForm) => {
        const { listWorkloads } = await import("../catalogue/list-workloads.js");
        listWorkloads(form);
      }),
  ];
}
