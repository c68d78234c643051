import { LoopnestError } from "@loopnest/mapspace";
import { bestCorner } from "./check/best-corner.js";
import { type Attained, type BoxBounder, makeBoxBounder } from "./check/box-bound.js";
import { type HardwareBox, wholeGrid } from "./check/hardware-grid.js";
import type { Question } from "./check/question.js";

/** A box whose bound is not below what is to be proven. */
export interface ProvenBox {
  readonly box: HardwareBox;
  /** Infinite if nothing fits and keeps the limits. */
  readonly lowerBound: number;
  readonly attained: Attained | null;
}

const MOST_BOXES = 50_000;
/** As in the check. */
const ROUNDING = 1e-9;

/**
 * Divides all hardware of a question into boxes, none of which holds a design below a value.
 *
 * @throws LoopnestError `unsupported` if that cannot be shown: there is such a design, or there is too much to look at.
 */
export function certify(question: Question, value: number): { boxes: ProvenBox[]; bounder: BoxBounder } {
  const bounder = makeBoxBounder(question);
  const { grid } = bounder;
  const needed = value * (1 - ROUNDING);
  const boxes: ProvenBox[] = [];
  const open: HardwareBox[] = [wholeGrid(grid)];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const { value: lowerBound, attained } = bounder.bound(box);
    if (lowerBound >= needed) {
      boxes.push({ box, lowerBound, attained });
      if (boxes.length > MOST_BOXES) throw unproven(`more than ${MOST_BOXES} boxes`);
      continue;
    }
    const parts = splitArrays(bounder, box) ?? splitMemories(question, bounder, box, attained);
    if (parts !== null) {
      open.push(...parts);
      continue;
    }
    const holds = bounder.holdsBelow(box, needed);
    if (holds === false) {
      boxes.push({ box, lowerBound: value, attained });
      continue;
    }
    const halves = halved(
      box,
      widest(box, () => true),
    );
    if (halves === null) throw unproven(holds === null ? "too many combinations of layers" : "a better design");
    open.push(...halves);
  }
  return { boxes, bounder };
}

/** Two halves of the arrays, if there are several. */
function splitArrays({ grid }: BoxBounder, box: HardwareBox): HardwareBox[] | null {
  return halved(
    box,
    widest(box, (s) => !grid.sizes[s]!.isMemory),
  );
}

/**
 * Parts at the memory whose growth to what the attained choices need costs them most: the bound charges each choice
 * only for what itself needs.
 */
function splitMemories(
  { workload }: Question,
  { grid, layers }: BoxBounder,
  box: HardwareBox,
  attained: Attained | null,
): HardwareBox[] | null {
  if (attained === null) return null;
  const corner = bestCorner(grid, box);
  const { levels } = grid.array(box.low);
  let split: { readonly s: number; readonly at: number } | null = null;
  let most = 0;
  grid.sizes.forEach(({ isMemory }, s) => {
    if (!isMemory) return;
    const own = grid.memoryOf.flatMap((memory, l) => (memory === s ? [l] : []));
    let at = box.low[s]!;
    const holds = () => own.every((l) => attained.choices.every(({ words }) => words[l]! <= levels[l]!.capacity[at]!));
    while (at < box.high[s]! && !holds()) at++;
    if (at === box.low[s]!) return;
    let energyPj = 0;
    let areaUm2 = 0;
    for (const l of own) {
      areaUm2 += levels[l]!.area[at]! - levels[l]!.area[box.low[s]!]!;
      attained.choices.forEach(({ traffic, words }, i) => {
        const accesses = layers[i]!.account!.vectorAccesses(traffic, corner.machine, l);
        energyPj += workload.layers[i]!.count * accesses * (levels[l]!.price[at]! - corner.price(l, words[l]!));
      });
    }
    const regret = energyPj / attained.energyPj + areaUm2 / attained.areaUm2;
    if (!(regret > most)) return;
    most = regret;
    split = { s, at: (box.low[s]! + at + 1) >> 1 };
  });
  return split === null ? null : cutAt(box, split);
}

function cutAt(box: HardwareBox, { s, at }: { readonly s: number; readonly at: number }): HardwareBox[] {
  const replaced = (list: readonly number[], value: number) => list.map((own, i) => (i === s ? value : own));
  return [
    { low: box.low, high: replaced(box.high, at - 1) },
    { low: replaced(box.low, at), high: box.high },
  ];
}

/** The size with most values in a box among some; `null` if each has one. */
function widest({ low, high }: HardwareBox, among: (s: number) => boolean): number | null {
  let found: number | null = null;
  low.forEach((from, s) => {
    const width = high[s]! - from;
    if (width > 0 && among(s) && (found === null || width > high[found]! - low[found]!)) found = s;
  });
  return found;
}

function halved(box: HardwareBox, s: number | null): HardwareBox[] | null {
  return s === null ? null : cutAt(box, { s, at: (box.low[s]! + box.high[s]! + 1) >> 1 });
}

function unproven(problem: string): LoopnestError {
  return new LoopnestError({
    code: "unsupported",
    path: "certificate",
    problem: `the certificate cannot be written: ${problem}`,
    fix: "certify a smaller question, or with --gap",
  });
}
