import {
  emptyMachine,
  emptyNeeds,
  type Hardware,
  isSize,
  LoopnestError,
  type Mapping,
  pointFromMapping,
  totalAreaUm2,
} from "@loopnest/mapspace";
import { type BoxBounder, makeBoxBounder } from "./box-bound.js";
import { type HardwareBox, type HardwareGrid, wholeGrid } from "./hardware-grid.js";
import { keepsArea, keepsTotals, objectiveOf, type Question } from "./question.js";
import { uncovered } from "./uncovered.js";

/** What a certificate claims of a question. */
export interface Claims {
  readonly design: { readonly hardware: Hardware; readonly layers: readonly { readonly mapping: Mapping }[] };
  /** Of the design. */
  readonly value: number;
  /** No design is below it. */
  readonly lowerBound: number;
  readonly boxes: readonly BoxClaim[];
}

/** A part of the hardware, by the least and the greatest value of every size, and what no design there is below. */
export interface BoxClaim {
  readonly sizes: Readonly<Record<string, readonly [least: number, greatest: number]>>;
  /** `null`: nothing fits and keeps the limits. */
  readonly lowerBound: number | null;
}

/** Sums in another order. */
const ROUNDING = 1e-9;

/**
 * Checks every claim of a certificate: that the design is one of the space, fits, keeps the limits and has its value;
 * that the boxes leave no hardware out; that nothing in a box is below the box's bound; and that the bound of all is
 * the least of theirs.
 *
 * @returns A sentence per claim that does not hold, each beginning with what it is about.
 * @throws LoopnestError `unsupported` if there is too much to go through.
 */
export function checkCertificate(question: Question, claims: Claims): string[] {
  const bounder = makeBoxBounder(question);
  const faults = faultsOf(designFaults(question, bounder, claims));
  const { grid } = bounder;
  const boxes: HardwareBox[] = [];
  for (const [number, claim] of claims.boxes.entries()) {
    const box = gridBox(grid, claim);
    if (typeof box === "string") faults.push(`box ${number + 1}: ${box}`);
    else boxes.push(box);
  }
  if (boxes.length < claims.boxes.length) return faults;
  const left = uncovered(wholeGrid(grid), boxes);
  if (left !== null) faults.push(`boxes: none holds ${hardwareText(grid, left.low)}`);
  boxes.forEach((box, i) => {
    const fault = boundFault(bounder, box, claims.boxes[i]!.lowerBound ?? Number.POSITIVE_INFINITY);
    if (fault !== null) faults.push(`box ${i + 1} (${boxText(grid, box)}): ${fault}`);
  });
  const least = claims.boxes.reduce(
    (so, { lowerBound }) => Math.min(so, lowerBound ?? Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  );
  if (!(claims.lowerBound <= least * (1 + ROUNDING)))
    faults.push(`bound: ${claims.lowerBound} is claimed of all hardware, but a box only claims ${least}`);
  if (!(claims.value >= claims.lowerBound * (1 - ROUNDING)))
    faults.push(`bound: the design's value ${claims.value} is below ${claims.lowerBound}, which nothing should be`);
  return faults;
}

function boundFault(bounder: BoxBounder, box: HardwareBox, claimed: number): string | null {
  const { value } = bounder.bound(box);
  const needed = claimed === Number.POSITIVE_INFINITY ? claimed : claimed * (1 - ROUNDING);
  if (value >= needed) return null;
  if (bounder.holdsBelow(box, needed) === false) return null;
  const what = claimed === Number.POSITIVE_INFINITY ? "that nothing fits" : `a bound of ${claimed}`;
  return `it claims ${what}, the check proves only ${value}`;
}

/** Faults one after the other; a mapping that is none of the target's ends them. */
function faultsOf(found: Iterable<string>): string[] {
  const faults: string[] = [];
  try {
    for (const fault of found) faults.push(fault);
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    faults.push(`design: ${error.message}`);
  }
  return faults;
}

function* designFaults(
  { model, workload, objective, fixed }: Question,
  { layers, grid }: BoxBounder,
  { design, value }: Claims,
): Generator<string> {
  const { target } = model;
  for (const size of target.sizes) {
    const own = design.hardware[size.name];
    const given = fixed[size.name];
    if (own === undefined) return yield `design: it has no ${size.name}`;
    if (given === undefined ? !isSize(size, own) : own !== given)
      return yield `design: ${size.name} ${own} is not a size of ${target.name} that the question allows`;
  }
  if (design.layers.length !== layers.length)
    return yield `design: it maps ${design.layers.length} layers, the network has ${layers.length}`;
  const machine = emptyMachine(target.levels.length);
  model.machine(
    Float64Array.from(grid.sizes, ({ name }) => design.hardware[name]!),
    "exact",
    machine,
  );
  const needs = emptyNeeds(target.levels.length);
  const cost = { energyPj: 0, latencyCycles: 0 };
  const totals = { ...model.movementCost(workload.dataMovement ?? [], machine, "exact") };
  for (const [i, layer] of layers.entries()) {
    const { nest } = pointFromMapping(layer.space, design.layers[i]!.mapping);
    layer.needs(nest, needs);
    for (let l = 0; l < machine.levelCount; l++) {
      const columns = machine.meshX[l + 1]! / machine.meshX[l]!;
      const rows = machine.instances[l + 1]! / machine.instances[l]! / columns;
      const room = 1 + 1e-12;
      if (needs.words[l]! <= machine.capacityWords[l]! && needs.x[l]! <= columns * room && needs.y[l]! <= rows * room)
        continue;
      yield `design: layer ${i + 1} does not fit ${target.levels[l]!.name}`;
    }
    layer.evaluate(nest, machine, "exact", cost);
    totals.energyPj += workload.layers[i]!.count * cost.energyPj;
    totals.latencyCycles += workload.layers[i]!.count * cost.latencyCycles;
  }
  const areaUm2 = totalAreaUm2(machine);
  if (!keepsTotals(objective, totals) || !keepsArea(objective, areaUm2)) yield "design: it breaks a limit";
  const own = objectiveOf(objective, totals, areaUm2);
  if (!(Math.abs(own / value - 1) <= ROUNDING)) yield `design: its value is ${own}, the certificate claims ${value}`;
}

/** A claim's box by positions, or what is wrong with it. */
function gridBox({ sizes, target }: HardwareGrid, claim: BoxClaim): HardwareBox | string {
  const low: number[] = [];
  const high: number[] = [];
  for (const { name, values } of sizes) {
    const range = claim.sizes[name];
    if (range === undefined) return `it says nothing of ${name}, a size of ${target.name}`;
    const [from, to] = range.map((value) => values.indexOf(value)) as [number, number];
    if (from < 0 || to < from) return `${name} from ${range[0]} to ${range[1]} is no range of ${target.name}'s sizes`;
    low.push(from);
    high.push(to);
  }
  const other = Object.keys(claim.sizes).find((name) => sizes.every((size) => size.name !== name));
  return other === undefined ? { low, high } : `${other} is no size of ${target.name}`;
}

function hardwareText({ sizes }: HardwareGrid, at: readonly number[]): string {
  return sizes.map(({ name, values }, s) => `${name} ${values[at[s]!]}`).join(", ") || "the machine";
}

function boxText({ sizes }: HardwareGrid, { low, high }: HardwareBox): string {
  return sizes.map(({ name, values }, s) => `${name} ${values[low[s]!]} to ${values[high[s]!]}`).join(", ") || "all";
}
