import { LoopnestError, type SourcePosition } from "@loopnest/mapspace";

/** A file: its name, for errors, and what is in it. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** A text made of lines of several files. */
export interface FilledText {
  readonly text: string;
  /** Where each line comes from. */
  readonly origins: readonly Origin[];
}

interface Origin {
  readonly file: string;
  readonly line: number;
}

/** An include of Timeloop's front end that stands for the text of another file. */
const INCLUDE = /\{\{-?\s*include_text\(\s*(['"])(.*?)\1\s*\)\s*-?\}\}|\{%-?\s*include\s+(['"])(.*?)\3\s*-?%\}/;
/** Anything else of a template, with its first word. */
const LOGIC = /\{\{-?\s*([\w.]*)|\{%-?\s*(\w*)|\{#/;

/** Names of the files that a text includes, as they are written. @internal */
export function includesOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const match = INCLUDE.exec(withoutComment(line));
    return match === null ? [] : [match[2] ?? match[4]!];
  });
}

/**
 * A file with the texts of the files that it includes in their place: `{{include_text('../base.yaml')}}`, as Timeloop's
 * front end has it. They are found among `files` by the end of their path.
 *
 * @throws LoopnestError `input` if an included file is not given, `unsupported` by name at any other part of a
 * template.
 */
export function fillIncludes(
  source: SourceFile,
  files: readonly SourceFile[],
  open: readonly string[] = [],
): FilledText {
  const lines: string[] = [];
  const origins: Origin[] = [];
  for (const [i, line] of source.text.split("\n").entries()) {
    const code = withoutComment(line);
    const include = INCLUDE.exec(code);
    const logic = LOGIC.exec(include === null ? code : code.replace(include[0], ""));
    const at = { file: source.file, line: i + 1 };
    if (logic !== null) refuseLogic(logic, { ...at, column: code.indexOf(logic[0]) + 1 });
    if (include === null) {
      lines.push(line);
      origins.push(at);
      continue;
    }
    const position = { ...at, column: include.index + 1 };
    const inner = included(include[2] ?? include[4]!, files, [...open, source.file], position);
    lines.push(code.replace(include[0], () => inner.text));
    origins.push(...inner.origins);
  }
  return { text: lines.join("\n"), origins };
}

function included(
  name: string,
  files: readonly SourceFile[],
  open: readonly string[],
  position: SourcePosition,
): FilledText {
  const found = fileNamed(files, name);
  if (found !== undefined && !open.includes(found.file)) return fillIncludes(found, files, open);
  const problem = found === undefined ? `the included file ${name} is not given` : `${name} includes itself`;
  const fix = found === undefined ? `add ${name} to the files` : "include each file once";
  throw new LoopnestError({ code: "input", problem, fix, position });
}

function refuseLogic([whole, value, statement]: RegExpExecArray, position: SourcePosition): never {
  throw new LoopnestError({
    code: "unsupported",
    problem: `${value || statement || whole} of a template`,
    fix: "only include_text is filled in here: give what Timeloop's front end makes of the template",
    position,
  });
}

/** A line without its comment: what that says of templates means nothing. */
function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "$1");
}

/** The file whose path ends like a name in an include, its leading `./` and `../` aside. */
export function fileNamed(files: readonly SourceFile[], name: string): SourceFile | undefined {
  const wanted = name.split(/[\\/]/).filter((step) => step !== "." && step !== "..");
  return files.find(({ file }) => {
    const steps = file.split(/[\\/]/).slice(-wanted.length);
    return wanted.length > 0 && steps.length === wanted.length && wanted.every((step, i) => steps[i] === step);
  });
}
