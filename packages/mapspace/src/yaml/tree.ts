import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node } from "yaml";
import { DEEPEST, type TextFault, tooDeep } from "./check-tokens.js";
import { nameOf, startOf } from "./node-facts.js";

/** Most values that a document may have once its aliases are written out. */
const MOST_VALUES = 1_000_000;

/** How much a node is with its aliases written out. */
interface Extent {
  readonly values: number;
  readonly depth: number;
}

/** What each alias stands for. */
export type Aliases = ReadonlyMap<Alias, Node>;

/**
 * Finds what the aliases of a tree stand for, and checks that it is data: fields have names, each once; no alias holds
 * itself or stands for more than any text means.
 *
 * @throws TextFault
 */
export function resolveAliases(root: unknown): Aliases {
  const walk = new TreeWalk();
  walk.extentOf(root);
  return walk.aliases;
}

class TreeWalk {
  readonly aliases = new Map<Alias, Node>();
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  readonly #extents = new Map<Node, Extent>();

  extentOf(value: unknown): Extent {
    if (value === null || value === undefined) return { values: 1, depth: 0 };
    const node = value as Node;
    if (isAlias(node)) return this.#aliasExtent(node);
    if ("anchor" in node && typeof node.anchor === "string") this.#anchors.set(node.anchor, node);
    this.#open.add(node);
    const inner = this.#parts(node).map((part) => this.extentOf(part));
    this.#open.delete(node);
    const extent = {
      values: inner.reduce((sum, { values }) => sum + values, 1),
      depth: inner.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
    };
    if (extent.depth > DEEPEST) throw tooDeep(startOf(node));
    if (extent.values > MOST_VALUES) fail(node, "its aliases stand for too much", "write the values out");
    this.#extents.set(node, extent);
    return extent;
  }

  #aliasExtent(alias: Alias): Extent {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      fail(alias, `the alias *${alias.source} names no anchor`, `put &${alias.source} in front of a value above it`);
    }
    if (this.#open.has(target)) {
      fail(alias, `the alias *${alias.source} stands inside its own value`, "write the values out");
    }
    this.aliases.set(alias, target);
    return this.#extents.get(target)!;
  }

  /** What a node consists of, names of fields aside. */
  #parts(node: Node): readonly unknown[] {
    if (isSeq(node)) {
      const pair = node.items.find(isPair);
      if (pair !== undefined) fail(node, "a list of pairs", "write a list of values, or `name: value` lines");
      return node.items;
    }
    if (isMap(node)) {
      const names = new Set<string>();
      for (const { key } of node.items) {
        if (!isScalar(key)) fail((key as Node | null) ?? node, "a field without a name", "write `name: value`");
        const name = nameOf(key);
        if (names.has(name) && name !== "<<") fail(key, `${name} is listed twice`, "give each field once");
        names.add(name);
      }
      return node.items.map((pair) => pair.value);
    }
    const value = isScalar(node) ? node.value : undefined;
    if (value !== null && typeof value === "object") fail(node, "a value that is no text and no number", "write one");
    return [];
  }
}

function fail(node: Node, problem: string, fix: string): never {
  throw { offset: startOf(node), problem, fix } satisfies TextFault;
}
