import { Argument, Command } from "commander";
import type { Shell } from "../completion/completion.js";
import { examples } from "./examples.js";
import { oneOf } from "./option-values.js";

/** Commands about the program itself: settings, completion, what is installed. */
export function programCommands(): Command[] {
  return [
    new Command("init")
      .description("write a commented loopnest.yaml: defaults for the options of this folder")
      .option("--force", "replace the one that is there")
      .action(async ({ force = false }: { force?: boolean }, command: Command) => {
        const { init } = await import("../settings/init.js");
        await init(command.parent!, force);
      }),
    new Command("completion")
      .description("print a completion script for a shell")
      .addArgument(new Argument("<shell>", "bash, zsh or fish").argParser(oneOf(["bash", "zsh", "fish"])))
      .addHelpText(
        "after",
        examples(
          ["source <(loopnest completion bash)", "in ~/.bashrc"],
          ["source <(loopnest completion zsh)", "in ~/.zshrc, after compinit"],
          ["loopnest completion fish | source", "in ~/.config/fish/config.fish"],
        ),
      )
      .action(async (shell: Shell, _options: unknown, command: Command) => {
        const { completionScript } = await import("../completion/completion.js");
        process.stdout.write(completionScript(command.parent!, shell));
      }),
    new Command("doctor")
      .description("say what is installed and usable on this machine and in this folder")
      .option("--json", "print it as JSON")
      .action(async ({ json = false }: { json?: boolean }, command: Command) => {
        const { doctor } = await import("../doctor/doctor.js");
        await doctor(command.parent!, json);
      }),
  ];
}
