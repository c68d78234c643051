import { macs, tensorWords, type Workload } from "@loopnest/mapspace";
import { operatorKind } from "./operator-kind.js";

/** One operator of a network, or all of one kind; words and MACs of all its executions. */
export interface NetworkRow {
  readonly name: string;
  readonly kind: string;
  /** Of the layer in the workload; `null` for what is no layer. */
  readonly layer: number | null;
  readonly shape: string;
  readonly count: number;
  readonly macs: number;
  /** Words of the second operand: weights, or what takes their place in a product of two activations. */
  readonly parameters: number;
  readonly wordsIn: number;
  readonly wordsOut: number;
  /** MACs for each word that comes or goes, every word once. */
  readonly intensity: number;
  /** Of the network's MACs. */
  readonly share: number;
  /** What nobody knows of it; `null` where all is known. */
  readonly warning: string | null;
}

/** Every operator: layers first, then what only moves words, then what is not known. */
export function networkRows({ layers, dataMovement = [], unmodelled = [] }: Workload): NetworkRow[] {
  const total = layers.reduce((sum, { problem, count }) => sum + count * macs(problem), 0);
  const ofLayers = layers.map(({ problem, count }, layer): NetworkRow => {
    const words = (name: string) => {
      const tensor = problem.tensors.find((own) => own.name === name);
      return tensor === undefined ? 0 : count * tensorWords(problem, tensor);
    };
    const inputs = problem.tensors.filter(({ role }) => role === "input");
    const wordsIn = inputs.reduce((sum, { name }) => sum + words(name), 0);
    const outputs = problem.tensors.filter(({ role }) => role === "output");
    const wordsOut = outputs.reduce((sum, { name }) => sum + words(name), 0);
    const own = count * macs(problem);
    return {
      ...{ name: problem.name, kind: operatorKind(problem), layer, shape: shapeText(problem.dims), count, macs: own },
      ...{ parameters: words("Weights"), wordsIn, wordsOut },
      ...{ intensity: own / (wordsIn + wordsOut), share: own / total, warning: null },
    };
  });
  const moved = dataMovement.map((own): NetworkRow => {
    const none = { layer: null, shape: "", macs: 0, parameters: 0, intensity: 0, share: 0, warning: null };
    const words = { wordsIn: own.count * own.wordsRead, wordsOut: own.count * own.wordsWritten };
    return { ...none, ...words, name: own.name, kind: own.kind, count: own.count };
  });
  const unknown = unmodelled.map((own): NetworkRow => {
    const none = { layer: null, shape: "", macs: 0, parameters: 0, wordsIn: 0, wordsOut: 0, intensity: 0, share: 0 };
    const warning = `${own.countedAs}: ${own.reason}`;
    return { ...none, name: own.operator, kind: "not modelled", count: own.count, warning };
  });
  return [...ofLayers, ...moved, ...unknown];
}

/** Sums over rows of one kind, the kind with the most MACs first, then the one with the most words. */
export function kindRows(rows: readonly NetworkRow[]): NetworkRow[] {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const sums = kinds.map((kind) =>
    sumOf(
      rows.filter((row) => row.kind === kind),
      kind,
    ),
  );
  return sums.sort((a, b) => b.macs - a.macs || b.wordsIn - a.wordsIn);
}

/** All rows as one. */
export function sumOf(rows: readonly NetworkRow[], kind: string): NetworkRow {
  const sum = (of: (row: NetworkRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const [all, wordsIn, wordsOut] = [sum((row) => row.macs), sum((row) => row.wordsIn), sum((row) => row.wordsOut)];
  return {
    ...{ name: kind, kind, layer: null, shape: `${rows.length}`, count: sum((row) => row.count), macs: all },
    ...{ parameters: sum((row) => row.parameters), wordsIn, wordsOut, intensity: all / (wordsIn + wordsOut || 1) },
    ...{ share: sum((row) => row.share), warning: rows.find(({ warning }) => warning !== null)?.warning ?? null },
  };
}

function shapeText(dims: Readonly<Record<string, number>>): string {
  return Object.entries(dims)
    .filter(([, bound]) => bound > 1)
    .map(([dim, bound]) => `${dim}${bound}`)
    .join(" ");
}
