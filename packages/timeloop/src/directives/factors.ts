import type { SourcePosition } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";
import { checkDim } from "./loop-order.js";

/** One entry of a factor list. `0` stands for the whole bound in Timeloop and is `"all"` here. */
export interface Factor {
  readonly dim: string;
  readonly relation: "=" | "<=" | ">=";
  readonly value: number | "all";
  /** Iterations of the last round where they are fewer, and where that is written: `P=4,2`, an imperfect factor. */
  readonly last?: { readonly iterations: number; readonly position: SourcePosition };
}

const FACTOR = /^([A-Za-z_]\w*?)\s*(<=|>=|==?)?\s*(\d+)(?:\s*,\s*(\d+))?$/;

/**
 * Reads a factor list: `R=3 S=3`, `R3 S3`, `R=3, S=3`, or a YAML list of such entries; constraints also have `C<=16`.
 *
 * @throws LoopnestError `input` at an entry of another form, an unknown dimension or one that is listed twice.
 */
export function readFactors(field: Field, dims: readonly string[]): Factor[] {
  const entries = field.isList
    ? field.items().map((item) => ({ text: item.text(), field: item, offset: 0 }))
    : field.isEmpty
      ? []
      : scalarEntries(field);
  const factors: Factor[] = [];
  for (const { text, field: at, offset } of entries) {
    const position = at.position(offset);
    const match = FACTOR.exec(text.trim());
    if (match === null) {
      at.fail(`${text} is not a factor`, "write factors as R=3 (R<=3 in constraints)", { position, got: text });
    }
    const [, dim, sign = "=", digits, last] = match as unknown as [string, string, string?, string?, string?];
    const relation = (sign === "==" ? "=" : sign) as Factor["relation"];
    checkDim(at, dim, dims, position);
    if (factors.some((factor) => factor.dim === dim && factor.relation === relation)) {
      at.fail(`${dim} is listed twice`, "give each dimension one factor", { position, dim });
    }
    const imperfect = last === undefined || last === digits ? {} : { last: { iterations: Number(last), position } };
    factors.push({ dim, relation, value: Number(digits) === 0 ? "all" : Number(digits), ...imperfect });
  }
  return factors;
}

/** Entries of a factor list in one text; what follows a `#` is a comment. */
function scalarEntries(field: Field): { text: string; field: Field; offset: number }[] {
  const text = field.text().split("#")[0]!;
  const entry = /[A-Za-z_]\w*?\s*(?:(?:<=|>=|==?)\s*\d+|\d+)(?:,\d+)?(?![\w.])|[^\s,]+/g;
  return [...text.matchAll(entry)].map((match) => ({ text: match[0], field, offset: match.index }));
}
