import { allCommands, type CommandWord, type OptionWord } from "./words.js";

/** A completion script for zsh. */
export function zshScript(root: CommandWord): string {
  return `#compdef loopnest
# Completion of loopnest for zsh: source <(loopnest completion zsh), or as _loopnest in a folder of $fpath.
${allCommands(root).map(commandFunction).join("\n")}
if [[ "$funcstack[1]" = _loopnest ]]; then
  _loopnest "$@"
else
  compdef _loopnest loopnest
fi
`;
}

function commandFunction({ path, commands, options, names, files }: CommandWord): string {
  const specs = options.map((option) => `    ${optionSpec(option)} \\`);
  if (commands.length === 0) {
    const argument = names.length > 0 ? `'*:argument:{ compadd ${names.join(" ")}; _files }'` : "'*:file:_files'";
    return `${functionName(path)}() {
  _arguments -s \\
${specs.join("\n")}
    ${argument}
}
`;
  }
  const list = commands.map(({ path, description }) => `'${path.at(-1)}:${description}'`);
  const branches = commands.map(({ path }) => `    ${path.at(-1)}) ${functionName(path)} ;;`);
  return `${functionName(path)}() {
  local line state
  local -a commands=(${list.join(" ")})
  _arguments -C \\
${specs.join("\n")}
    '1:command:->command' \\
    '*::argument:->argument'
  case "$state" in
  command) _describe command commands${files ? "; _files" : ""} ;;
  argument)
    case "$line[1]" in
${branches.join("\n")}
    esac
    ;;
  esac
}
`;
}

function optionSpec({ long, short, description, values }: OptionWord): string {
  const action =
    values === null
      ? ""
      : values === "file"
        ? ":file:_files"
        : values === "folder"
          ? ":folder:_files -/"
          : values === "text"
            ? ":value: "
            : values.files
              ? `:value:{ compadd ${values.names.join(" ")}; _files }`
              : `:value:(${values.names.join(" ")})`;
  const own = `[${description}]${action}'`;
  return short === null ? `'${long}${own}` : `'(${short} ${long})'{${short},${long}}'${own}`;
}

function functionName(path: readonly string[]): string {
  return `_${["loopnest", ...path].join("_").replaceAll("-", "_")}`;
}
