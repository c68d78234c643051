import { type ErrorData, LoopnestError, type SourcePosition } from "@loopnest/mapspace";
import { nameOf, pathText, type YamlText } from "@loopnest/mapspace/yaml";
import { isMap, isNode, isScalar, isSeq, type Node, type Pair } from "yaml";

/** A value in a YAML file that knows its place, for errors that name file, line, column and field. */
export class Field {
  readonly #source: YamlText;
  readonly #node: unknown;
  readonly #path: readonly (string | number)[];
  readonly #key: Node | null;

  constructor(source: YamlText, node: unknown, path: readonly (string | number)[], key: Node | null) {
    this.#source = source;
    this.#node = source.resolve(node);
    this.#path = path;
    this.#key = key;
  }

  /** Name of this field as it is written. */
  get key(): string {
    return String(this.#path.at(-1) ?? "");
  }

  /** Name of this field, with `_` for `-`. */
  get name(): string {
    return plain(this.key);
  }

  /** Path from the root of the file: `architecture.subtree[0].name`. */
  get path(): string {
    return pathText(this.#path);
  }

  /** YAML tag (`!Component`), or null. */
  get tag(): string | null {
    const tag = isNode(this.#node) ? (this.#node as { tag?: string }).tag : undefined;
    return tag === undefined || tag.startsWith("tag:") ? null : tag;
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  /** Whether nothing is written here: `key:` or an empty file. */
  get isEmpty(): boolean {
    return this.#node === null || (isScalar(this.#node) && this.#node.value === null);
  }

  /** Fields of a map, in the order of the file; those that `<<` merges come last. */
  fields(): Field[] {
    if (this.isEmpty) return [];
    if (!isMap(this.#node)) this.fail("holds no fields", "write `name: value` lines");
    const own: Field[] = [];
    const merged: Field[] = [];
    for (const { key, value } of this.#node.items as Pair<Node, Node | null>[]) {
      const name = nameOf(key);
      const field = new Field(this.#source, value, [...this.#path, name], key);
      if (name !== "<<") own.push(field);
      else merged.push(...(field.isList ? field.items() : [field]).flatMap((part) => part.fields()));
    }
    return [...own, ...merged.filter((field) => !own.some(({ name }) => name === field.name))];
  }

  /** Field of a map by name, or by the first of several names that is there. */
  get(...names: string[]): Field | undefined {
    const fields = this.fields();
    for (const name of names) {
      const found = fields.find((field) => field.name === plain(name));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Field of a map that has to be there. */
  need(name: string, fix: string): Field {
    return this.get(name) ?? this.fail(`${name} is missing`, fix);
  }

  /** Entries of a list. */
  items(): Field[] {
    if (this.isEmpty) return [];
    if (!isSeq(this.#node)) this.fail("is not a list", "write a list");
    return this.#node.items.map((item, i) => new Field(this.#source, item, [...this.#path, i], null));
  }

  /** The plain value of a scalar. */
  value(): string | number | boolean | null {
    if (this.isEmpty) return null;
    if (!isScalar(this.#node)) this.fail("is not a single value", "write one value");
    return this.#node.value as string | number | boolean | null;
  }

  /** A scalar as it is written. */
  text(): string {
    const value = this.value();
    if (value === null || value === "") this.fail("is empty", "write a text");
    return String(value);
  }

  /** A list of texts, or one text of words between spaces or commas. */
  words(): string[] {
    if (this.isList) return this.items().map((item) => item.text());
    return this.isEmpty
      ? []
      : this.text()
          .split(/[\s,]+/)
          .filter((word) => word !== "");
  }

  number(): number {
    const value = this.value();
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
    return this.fail(`is ${JSON.stringify(value)}`, "write a number; expressions have to be worked out before");
  }

  /** A whole number of at least `min`. */
  whole(min = 1): number {
    const number = this.number();
    if (Number.isSafeInteger(number) && number >= min) return number;
    return this.fail(`is ${number}`, `write a whole number of at least ${min}`);
  }

  flag(): boolean {
    const value = String(this.value()).toLowerCase();
    if (value === "true" || value === "yes" || value === "1") return true;
    if (value === "false" || value === "no" || value === "0") return false;
    return this.fail(`is ${value}`, "write true or false");
  }

  /** Where the value stands; `offset` letters into it for a scalar that is written as it reads. */
  position(offset = 0): SourcePosition {
    const node = this.isEmpty ? (this.#key ?? this.#node) : this.#node;
    const content = (node as Node | null)?.range?.[0] ?? 0;
    const start = this.tag === null ? content : this.#source.text.lastIndexOf(this.tag, content);
    if (offset === 0 || !isScalar(node)) return this.#source.positionAt(start);
    const quote = node.type === "QUOTE_SINGLE" || node.type === "QUOTE_DOUBLE" ? 1 : 0;
    const text = String(node.value);
    const literal = this.#source.text.startsWith(text, start + quote);
    return this.#source.positionAt(literal ? start + quote + offset : start);
  }

  /** Where the name of this field stands; its value, in a list. */
  get keyPosition(): SourcePosition {
    const start = this.#key?.range?.[0];
    return start === undefined ? this.position() : this.#source.positionAt(start);
  }

  /** @throws LoopnestError `input` here: the file is wrong. */
  fail(problem: string, fix: string, data: Partial<ErrorData> = {}): never {
    const path = this.path;
    const at = { ...(path === "" ? {} : { path }), position: this.position() };
    throw new LoopnestError({ code: "input", problem, fix, ...at, ...data });
  }

  /** @throws LoopnestError `unsupported` here: the file is right, but loopnest cannot express it. */
  unsupported(problem: string, fix: string, data: Partial<ErrorData> = {}): never {
    return this.fail(problem, fix, { code: "unsupported", ...data });
  }
}

function plain(name: string): string {
  return name.replaceAll("-", "_");
}
