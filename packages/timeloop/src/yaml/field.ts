import { type ErrorData, LoopnestError, type SourcePosition } from "@loopnest/mapspace";
import { nameOf, pathText, type YamlText } from "@loopnest/mapspace/yaml";
import { isMap, isNode, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Note } from "./note.js";

/** A YAML text, and who is told of what is not read as it stands there. */
export interface Source {
  readonly yaml: YamlText;
  /** Where an offset is, in the file that it came from. */
  readonly positionAt: (offset: number) => SourcePosition;
  readonly onNote: (note: Note) => void;
}

/** A value in a YAML file that knows its place, for errors that name file, line, column and field. */
export class Field {
  readonly #source: Source;
  readonly #node: unknown;
  readonly #path: readonly (string | number)[];
  readonly #key: Node | null;
  /** Maps that are merged under this one, deeply. */
  readonly #under: readonly Field[];
  #fields: readonly Field[] | undefined;
  /** What an expression that stands here makes. */
  #workedOut: number | undefined;

  constructor(
    source: Source,
    node: unknown,
    path: readonly (string | number)[] = [],
    key: Node | null = null,
    under: readonly Field[] = [],
  ) {
    this.#source = source;
    this.#under = under;
    this.#node = source.yaml.resolve(node);
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

  /** Whether aliases elsewhere may stand for this value. */
  get isAnchored(): boolean {
    return isNode(this.#node) && (this.#node as { anchor?: string }).anchor !== undefined;
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

  /** Fields of a map, in the order of the file; those that `<<` or `<<<` merges come last. */
  fields(): readonly Field[] {
    this.#fields ??= this.#readFields();
    return this.#fields;
  }

  #readFields(): Field[] {
    if (this.isEmpty) return [];
    if (!isMap(this.#node)) this.fail("holds no fields", "write `name: value` lines");
    const own = new Map<string, Field>();
    const merged: Field[] = [];
    const under = this.#under.flatMap((field) => field.fields());
    for (const { key, value } of this.#node.items as Pair<Node, Node | null>[]) {
      const name = nameOf(key);
      const field = new Field(this.#source, value, [...this.#path, name], key);
      if (name !== "<<" && name !== DEEP_MERGE) {
        if (!own.has(field.name)) own.set(field.name, field);
        continue;
      }
      const parts = (field.isList ? field.items() : [field]).flatMap((part) => part.fields());
      (name === DEEP_MERGE ? under : merged).push(...parts);
    }
    for (const field of merged) if (!own.has(field.name)) own.set(field.name, field);
    for (const field of under) own.set(field.name, own.get(field.name)?.over(field) ?? field);
    return [...own.values()];
  }

  /** This map with another merged under it, where both are maps. */
  over(field: Field): Field {
    if (!this.isMap || !field.isMap) return this;
    return new Field(this.#source, this.#node, this.#path, this.#key, [...this.#under, field]);
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

  /** This field with a number for the expression that stands here. */
  workedOut(value: number): Field {
    const field = new Field(this.#source, this.#node, this.#path, this.#key);
    field.#workedOut = value;
    return field;
  }

  /** The plain value of a scalar. */
  value(): string | number | boolean | null {
    if (this.#workedOut !== undefined) return this.#workedOut;
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

  /** A number of at least 0: an energy, an area. */
  amount(): number {
    const number = this.number();
    return number >= 0 ? number : this.fail(`is ${number}`, "write a number of at least 0");
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
    const start = this.tag === null ? content : this.#source.yaml.text.lastIndexOf(this.tag, content);
    if (offset === 0 || !isScalar(node)) return this.#source.positionAt(start);
    const quote = node.type === "QUOTE_SINGLE" || node.type === "QUOTE_DOUBLE" ? 1 : 0;
    const text = String(node.value);
    const literal = this.#source.yaml.text.startsWith(text, start + quote);
    return this.#source.positionAt(literal ? start + quote + offset : start);
  }

  /** Where the name of this field stands; its value, in a list. */
  get keyPosition(): SourcePosition {
    const start = this.#key?.range?.[0];
    return start === undefined ? this.position() : this.#source.positionAt(start);
  }

  /** Says that what stands here is read otherwise, or not at all. */
  note(problem: string, position = this.position()): void {
    const path = this.path;
    this.#source.onNote({ problem, ...(path === "" ? {} : { path }), position });
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

/** Merges maps inside maps too; an extension of Timeloop's front end. */
const DEEP_MERGE = "<<<";

function plain(name: string): string {
  return name.replaceAll("-", "_");
}
