import { Argument, Command } from "commander";
import type { Shell } from "../completion/completion.js";
import type { DoctorOptions } from "../doctor/doctor.js";
import { oneOf } from "../options/option-values.js";
import type { OutputForm } from "../terminal/print-data.js";
import { examples } from "./examples.js";
import { addOutputOptions, type WithOutputForm } from "./output-options.js";

/** Commands about the program itself: settings, completion, what is installed. */
export function programCommands(): Command[] {
  return [
    addOutputOptions(
      new Command("init").description("write a commented loopnest.yaml: defaults for the options of this folder"),
      "the name of the file",
      "the name of the file",
    )
      .option("--force", "replace the one that is there")
      .addHelpText("after", examples(["loopnest init", "then take away the marks in front of what you want to set"]))
      .action(async ({ force = false, ...form }: WithOutputForm<{ force?: boolean }>, command: Command) => {
        const { init } = await import("../settings/init.js");
        await init(command.parent!, force, form);
      }),
    addOutputOptions(
      new Command("completion").description("print a completion script for a shell"),
      "shell and script",
      "shell and script",
    )
      .addArgument(new Argument("<shell>", "bash, zsh or fish").argParser(oneOf(["bash", "zsh", "fish"])))
      .addHelpText(
        "after",
        examples(
          ["source <(loopnest completion bash)", "in ~/.bashrc"],
          ["source <(loopnest completion zsh)", "in ~/.zshrc, after compinit"],
          ["loopnest completion fish | source", "in ~/.config/fish/config.fish"],
        ),
      )
      .action(async (shell: Shell, form: OutputForm, command: Command) => {
        const { completionScript } = await import("../completion/completion.js");
        const { printData } = await import("../terminal/print-data.js");
        const script = completionScript(command.parent!, shell);
        printData(form, { document: () => ({ shell, script }), lines: () => [{ shell, script }], text: () => script });
      }),
    addOutputOptions(
      new Command("doctor").description("say what is installed and usable on this machine and in this folder"),
      "what was found",
      "a finding a line",
    )
      .option(
        "--model <model>",
        "look at a model instead: does it hold what searches take for granted, and what it promises",
      )
      .option("--target <target>", "with --model: the target that it is looked at on (default: the model's own)")
      .addHelpText(
        "after",
        examples(
          ["loopnest doctor", "what is there, what is missing, and what it is for"],
          ["loopnest doctor --model ./model.mjs --target chip.yaml", "which property a model of your own lacks"],
        ),
      )
      .action(async (options: DoctorOptions, command: Command) => {
        if (options.target !== undefined && options.model === undefined) {
          command.error("error: --target goes with --model MODEL");
        }
        const { doctor } = await import("../doctor/doctor.js");
        await doctor(command.parent!, options);
      }),
  ];
}
