import { allCommands, type CommandWord } from "./words.js";

/** A completion script for fish. */
export function fishScript(root: CommandWord): string {
  const lines = allCommands(root).flatMap(({ path, commands, options, names }) => {
    const at = condition(path, commands);
    return [
      ...commands.map(
        (inner) => `complete -c loopnest -f -n '${at}' -a '${inner.path.at(-1)}' -d '${inner.description}'`,
      ),
      ...(names.length > 0 ? [`complete -c loopnest -n '${at}' -a '${names.join(" ")}'`] : []),
      ...options.map(({ long, short, description, values }) => {
        const flags = `-l ${long.slice(2)}${short === null ? "" : ` -s ${short.slice(1)}`} -d '${description}'`;
        const takes =
          values === null
            ? ""
            : values === "file"
              ? " -r -F"
              : values === "folder"
                ? " -x -a '(__fish_complete_directories)'"
                : values === "text"
                  ? " -x"
                  : ` ${values.files ? "-r -F" : "-x"} -a '${values.names.join(" ")}'`;
        return `complete -c loopnest -n '${at}' ${flags}${takes}`;
      }),
    ];
  });
  return `# Completion of loopnest for fish: loopnest completion fish | source\n${lines.join("\n")}\n`;
}

/** When a command's words are on: its names are there, and none of those below it. */
function condition(path: readonly string[], commands: readonly CommandWord[]): string {
  if (path.length === 0) return "__fish_use_subcommand";
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const below = commands.map((inner) => inner.path.at(-1));
  return [...seen, ...(below.length > 0 ? [`not __fish_seen_subcommand_from ${below.join(" ")}`] : [])].join("; and ");
}
