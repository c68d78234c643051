/** The value of a name in an expression; undefined if there is none. */
export type Lookup = (name: string) => number | undefined;

/** Longer texts are no expressions; what is nested in one is bounded with it. */
const LONGEST = 500;

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][\w.]*)|(\*\*|\/\/|[-+*/%(),]))/y;

/** Functions as Timeloop's front end has them, which are those of Python. */
const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = Object.assign(Object.create(null), {
  ceil: Math.ceil,
  floor: Math.floor,
  round: Math.round,
  int: Math.trunc,
  float: (value: number) => value,
  abs: Math.abs,
  max: Math.max,
  min: Math.min,
  sqrt: Math.sqrt,
  log2: Math.log2,
  log10: Math.log10,
  pow: Math.pow,
});

/**
 * Works out an arithmetic expression as Timeloop's front end does: numbers and names, `+ - * / // % **`, parentheses
 * and some functions (`ceil(log2(depth))`).
 *
 * @returns Undefined for what is no such expression, has a name without a value, or makes no finite number.
 */
export function workOut(text: string, lookup: Lookup): number | undefined {
  const tokens = tokensOf(text);
  if (tokens === null) return undefined;
  let at = 0;
  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : undefined;

  function taken(...operators: readonly string[]): string | undefined {
    return operators.includes(tokens![at] ?? "") ? tokens![at++] : undefined;
  }

  function sum(): number {
    let left = product();
    for (let sign = taken("+", "-"); sign !== undefined; sign = taken("+", "-")) {
      const right = product();
      left = sign === "+" ? left + right : left - right;
    }
    return left;
  }

  function product(): number {
    let left = signed();
    for (let by = taken("*", "/", "//", "%"); by !== undefined; by = taken("*", "/", "//", "%")) {
      const right = signed();
      if (by === "*") left *= right;
      else if (by === "/") left /= right;
      // The remainder has the sign of the divisor, as Python's has.
      else left = by === "//" ? Math.floor(left / right) : left - right * Math.floor(left / right);
    }
    return left;
  }

  function signed(): number {
    const sign = taken("+", "-");
    if (sign !== undefined) return sign === "-" ? -signed() : signed();
    const base = atom();
    return taken("**") === undefined ? base : base ** signed();
  }

  function atom(): number {
    const token = tokens![at++];
    if (token === undefined) return Number.NaN;
    if (token === "(") {
      const inner = sum();
      return taken(")") === undefined ? Number.NaN : inner;
    }
    if (/^[\d.]/.test(token)) return Number(token);
    if (!/^[A-Za-z_]/.test(token)) return Number.NaN;
    return taken("(") === undefined ? (lookup(token) ?? Number.NaN) : called(token);
  }

  function called(name: string): number {
    const given = [sum()];
    while (taken(",") !== undefined) given.push(sum());
    const f = FUNCTIONS[name.replace(/^math\./, "")];
    return taken(")") === undefined || f === undefined ? Number.NaN : f(...given);
  }
}

function tokensOf(text: string): string[] | null {
  if (text.length > LONGEST) return null;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (match === null) return null;
    tokens.push(match[1] ?? match[2] ?? match[3]!);
  }
  return tokens;
}
