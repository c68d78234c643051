/** A variable of a program, by number. */
export type Variable = number;

/** `constant + sum of coefficient * variable`. */
export interface Expression {
  readonly constant: number;
  readonly terms: ReadonlyMap<Variable, number>;
}

/** A sum of expressions, each with a factor. */
export function sum(...parts: readonly (readonly [factor: number, part: Expression])[]): Expression {
  const terms = new Map<Variable, number>();
  let constant = 0;
  for (const [factor, part] of parts) {
    constant += factor * part.constant;
    for (const [variable, coefficient] of part.terms) {
      terms.set(variable, (terms.get(variable) ?? 0) + factor * coefficient);
    }
  }
  return { constant, terms };
}

/** An expression that is a constant. */
export const number = (constant: number): Expression => ({ constant, terms: new Map() });

interface Row {
  readonly left: Expression;
  readonly relation: "<=" | "=";
}

/** A mixed-integer linear program to be minimised, as it is written down. */
export interface LinearProgram {
  /** A whole variable from 0 to `most`. */
  whole(most: number): Expression;
  /** A real variable from 0 upwards. */
  real(): Expression;
  /** Demands `left <= right` or `left = right`. */
  demand(left: Expression, relation: "<=" | "=", right: Expression): void;
  /** The program in CPLEX's LP format; variables are `x0`, `x1`, ... */
  text(objective: Expression): string;
}

/** Terms on one line: some readers of the format limit its length. */
const TERMS_PER_LINE = 8;

/** A program without variables and demands. */
export function linearProgram(): LinearProgram {
  const bounds: string[] = [];
  const whole: Variable[] = [];
  const rows: Row[] = [];
  let count = 0;
  const variable = (): Expression => ({ constant: 0, terms: new Map([[count++, 1]]) });
  return {
    whole(most) {
      whole.push(count);
      bounds.push(`0 <= x${count} <= ${most}`);
      return variable();
    },
    real() {
      bounds.push(`x${count} >= 0`);
      return variable();
    },
    demand(left, relation, right) {
      rows.push({ left: sum([1, left], [-1, right]), relation });
    },
    text(objective) {
      // A constant in the objective changes nothing; an objective without terms is written as 0 times a variable.
      const goal = objective.terms.size === 0 ? "0 x0" : written(objective);
      const demands = rows
        .filter(({ left }) => left.terms.size > 0)
        .map(({ left, relation }, i) => ` c${i}: ${written(left)} ${relation} ${-left.constant}`);
      return [
        "Minimize",
        ` cost: ${goal}`,
        "Subject To",
        ...demands,
        "Bounds",
        ...bounds.map((bound) => ` ${bound}`),
        "Generals",
        ...whole.map((one) => ` x${one}`),
        "End",
        "",
      ].join("\n");
    },
  };
}

function written({ terms }: Expression): string {
  return [...terms]
    .map(([variable, coefficient], i) => {
      const line = i > 0 && i % TERMS_PER_LINE === 0 ? "\n  " : "";
      return `${line}${coefficient < 0 ? "-" : "+"} ${Math.abs(coefficient)} x${variable}`;
    })
    .join(" ");
}

/** Value of an expression at a solution. */
export function atSolution({ constant, terms }: Expression, solution: ReadonlyMap<Variable, number>): number {
  let value = constant;
  for (const [variable, coefficient] of terms) value += coefficient * (solution.get(variable) ?? 0);
  return value;
}
