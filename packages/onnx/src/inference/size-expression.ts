import type { Size } from "../values/value.js";

/** A size that follows from others: `past_sequence_length + sequence_length`, `2*batch`, `(width - 1)//2`. */
export interface SizeExpression {
  /** Names of the sizes that it follows from, each once. */
  readonly names: readonly string[];
  /** Its value; null if a size is not known. */
  value(size: (name: string) => Size): Size;
}

type Node = (size: (name: string) => Size) => Size;

/** Longer texts are names. */
const LONGEST = 500;

/**
 * The expression that a symbolic size is; null if it is a plain name (names may hold points and dashes, but no spaces
 * beside them).
 */
export function sizeExpression(text: string): SizeExpression | null {
  if (text.length > LONGEST || !/[+*/()]|\s-\s/.test(text)) return null;
  const tokens = text.match(/\/\/|[+*/(),]|(?<=\s)-(?=\s)|[^\s+*/(),]+/g) ?? [];
  const names = new Set<string>();
  let at = 0;
  const sum = (): Node | null => chain(product, ["+", "-"]);
  const product = (): Node | null => chain(atom, ["*", "/", "//"]);

  function chain(part: () => Node | null, operators: readonly string[]): Node | null {
    let left = part();
    while (left !== null && operators.includes(tokens[at] ?? "")) {
      const operator = tokens[at++]!;
      const [before, right] = [left, part()];
      if (right === null) return null;
      left = (size) => combined(operator, before(size), right(size));
    }
    return left;
  }

  function atom(): Node | null {
    const token = tokens[at++];
    if (token === undefined || /^([+*/,)]|\/\/|-)$/.test(token)) return null;
    if (token === "(") {
      const inner = sum();
      return tokens[at++] === ")" ? inner : null;
    }
    if (tokens[at] === "(") return called(token);
    if (/^\d+$/.test(token)) return () => Number(token);
    names.add(token);
    return (size) => size(token);
  }

  /** `floor(...)`, `Max(1, s0)`. */
  function called(name: string): Node | null {
    at += 1;
    const given: Node[] = [];
    do {
      const argument = sum();
      if (argument === null) return null;
      given.push(argument);
    } while (tokens[at++] === ",");
    if (tokens[at - 1] !== ")") return null;
    const f = FUNCTIONS[name.toLowerCase()];
    if (f === undefined) return null;
    return (size) => {
      const values = given.map((argument) => argument(size));
      return values.includes(null) ? null : f(...(values as number[]));
    };
  }

  const whole = sum();
  if (whole === null || at < tokens.length || names.size === 0) return null;
  return {
    names: [...names],
    value: (size) => {
      const result = whole(size);
      return result !== null && Number.isFinite(result) && result >= 0 ? Math.floor(result) : null;
    },
  };
}

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = Object.assign(Object.create(null), {
  floor: Math.floor,
  ceil: Math.ceil,
  ceiling: Math.ceil,
  max: Math.max,
  min: Math.min,
});

function combined(operator: string, a: Size, b: Size): Size {
  if (a === null || b === null) return null;
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  if (operator === "*") return a * b;
  return operator === "/" ? a / b : Math.floor(a / b);
}
