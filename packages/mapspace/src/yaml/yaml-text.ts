import { Composer, isAlias, isMap, isScalar, isSeq, type Node, type Pair, Parser } from "yaml";
import { LoopnestError, type SourcePosition } from "../errors/loopnest-error.js";
import { lengthFault, type TextFault, tokenFault, tooDeep } from "./check-tokens.js";
import { LineStarts } from "./line-starts.js";
import { nameOf } from "./node-facts.js";
import { type Aliases, resolveAliases } from "./tree.js";

/** How a YAML text is read. */
export interface YamlOptions {
  /** Name of the file, for errors. */
  readonly file?: string;
  /** Whether tags of one's own (`!Component`) are allowed; not unless given. */
  readonly tags?: boolean;
  /** What to do with a text that is not YAML, for errors. */
  readonly fix?: string;
}

/** A YAML text as a tree of nodes that know their place. Its aliases end, its depth and size are bounded. */
export class YamlText {
  readonly file: string | undefined;
  readonly text: string;
  /** The outermost value; null if the text is empty. */
  readonly root: Node | null;
  readonly #lines: LineStarts;
  readonly #aliases: Aliases;

  /** @throws LoopnestError `input` with its position if the text is not one YAML document of plain data. */
  constructor(text: string, { file, tags = false, fix = "write one valid YAML document" }: YamlOptions = {}) {
    this.file = file;
    this.text = text;
    this.#lines = new LineStarts(text, file);
    try {
      this.root = readTree(text, tags, fix);
      this.#aliases = resolveAliases(this.root);
    } catch (thrown) {
      const fault = thrown instanceof Error ? unreadable(thrown, fix) : (thrown as TextFault);
      throw new LoopnestError({
        code: "input",
        problem: fault.problem,
        fix: fault.fix,
        position: this.positionAt(fault.offset),
      });
    }
  }

  /** Whether there is no value in the text, at most comments; `null` is a value. */
  get isEmpty(): boolean {
    const { root } = this;
    return root === null || (isScalar(root) && root.value === null && root.source === "");
  }

  /** Line and column of an offset into the text. */
  positionAt(offset: number): SourcePosition {
    return this.#lines.positionAt(offset);
  }

  /** A node, or what it stands for if it is an alias. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? this.#aliases.get(node) : node;
  }

  /** A node as objects, lists, texts and numbers. */
  toData(node: unknown = this.root): unknown {
    const value = this.resolve(node);
    if (isSeq(value)) return value.items.map((item) => this.toData(item));
    if (isScalar(value)) return value.value;
    if (!isMap(value)) return null;
    const data: Record<string, unknown> = {};
    for (const { key, value: field } of value.items as Pair<Node, unknown>[]) {
      const name = nameOf(key);
      // Not by assignment: the name `__proto__` would set something else.
      Object.defineProperty(data, name, {
        value: this.toData(field),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return data;
  }
}

/** @throws TextFault, or what the reader of YAML throws. */
function readTree(text: string, tags: boolean, fix: string): Node | null {
  const long = lengthFault(text);
  if (long !== null) throw long;
  const tokens = [...new Parser().parse(text)];
  const fault = tokenFault(tokens);
  if (fault !== null) throw fault;
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  const error = document!.errors[0] ?? (tags ? undefined : document!.warnings[0]);
  if (error !== undefined) {
    const problem = error.message.split(/ at line \d+|\n/)[0]!.replace(/\.$/, "");
    throw { offset: error.pos[0], problem, fix } satisfies TextFault;
  }
  if (second !== undefined) {
    throw { offset: second.range[0], problem: "a second document", fix } satisfies TextFault;
  }
  return document!.contents as Node | null;
}

/** The reader of YAML is not safe against every text: what it throws means that the text is none. */
function unreadable(error: Error, fix: string): TextFault {
  return error instanceof RangeError ? tooDeep(0) : { offset: 0, problem: "the text is not YAML", fix };
}
