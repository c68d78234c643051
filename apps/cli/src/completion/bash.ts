import { allCommands, type CommandWord } from "./words.js";

/** A completion script for bash 4 and later. */
export function bashScript(root: CommandWord): string {
  const commands = allCommands(root).map(({ path, commands, options, names, files }) => {
    const flags = options.flatMap(({ long, short }) => (short === null ? [long] : [long, short]));
    const words = commands.map(({ path }) => path.at(-1)!);
    return (
      `    '${path.join(" ")}') words='${[...words, ...names].join(" ")}'; options='${flags.join(" ")}'; ` +
      `files=${files ? 1 : 0} ;;`
    );
  });
  const values = allCommands(root).flatMap(({ path, options }) =>
    options.flatMap(({ long, short, values }) => {
      if (values === null) return [];
      const pattern = [long, short].flatMap((flag) => (flag === null ? [] : [`'${path.join(" ")} ${flag}'`])).join("|");
      const reply =
        values === "folder"
          ? 'COMPREPLY=($(compgen -d -- "$current"))'
          : values === "file"
            ? 'COMPREPLY=($(compgen -f -- "$current"))'
            : values === "text"
              ? ":"
              : `COMPREPLY=($(compgen -W '${values.names.join(" ")}' -- ` +
                `"$current"))${values.files ? '; COMPREPLY+=($(compgen -f -- "$current"))' : ""}`;
      return [`    ${pattern}) ${reply}; return ;;`];
    }),
  );
  const inner = allCommands(root).flatMap(({ path }) => (path.length === 0 ? [] : [`'${path.join(" ")}'`]));
  return `# Completion of loopnest for bash: source <(loopnest completion bash)
_loopnest() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path='' words='' options='' files=1 i next
  # Bash takes --option=value for three words.
  if [[ "$current" == '=' ]]; then current=''
  elif [[ "$previous" == '=' ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${path:+$path }\${COMP_WORDS[i]}"
    case "$next" in
    ${inner.join("|")}) path="$next" ;;
    *) break ;;
    esac
  done
  COMPREPLY=()
  compopt -o filenames 2>/dev/null
  case "$path $previous" in
${values.join("\n")}
  esac
  case "$path" in
${commands.join("\n")}
  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    ((files)) && COMPREPLY+=($(compgen -f -- "$current"))
  fi
}
complete -F _loopnest loopnest
`;
}
