import type { Architecture, Counts } from "@loopnest/mapspace";
import type { RunResult } from "./run-result.js";

/** One thing that a run's figures take for granted, or leave out. */
export interface Assumption {
  readonly about: string;
  readonly text: string;
}

const COUNTED_BY: Readonly<Record<Counts, string>> = {
  "timeloop-2025": "Timeloop's version of March 2025 counts them (timeloop-2025)",
  "timeloop-2022": "Timeloop's version of July 2022 counts them, DOSA's (timeloop-2022)",
};

/**
 * What the figures of a run count and what they do not: [What the numbers mean](../../../../docs/semantics.md) has the
 * rules.
 *
 * @param architecture The machine that they were counted on.
 */
export function assumptions(
  { counts, dataMovement, totals, learned, options, layers, mayPad }: RunResult,
  { levels }: Architecture,
): Assumption[] {
  const { placement } = options;
  return [
    { about: "counts", text: `words, accesses and cycles as ${COUNTED_BY[counts]}` },
    {
      about: "latency",
      text:
        "accesses of all levels and arithmetic overlap: the longest of them counts; start-up and drain are not " +
        "counted",
    },
    {
      about: "buffering",
      text:
        "the next tile arrives while one is in use, without waiting; capacities are of one copy, which must hold " +
        "a tile of each tensor",
    },
    { about: "precision", text: precision(layers, levels) },
    { about: "multicast", text: "a word that several children need at once is read once and reaches all of them" },
    { about: "network energy", text: networkEnergy(levels, dataMovement !== undefined) },
    { about: "static energy", text: staticEnergy(levels, dataMovement !== undefined) },
    ...(placement !== "uneven"
      ? []
      : [
          {
            about: "placement",
            text:
              "tensors of a level may be placed apart; layers with sliding windows are mapped evenly, and proved " +
              "for that",
          },
        ]),
    {
      about: "padding",
      text:
        mayPad === true
          ? "loops may run larger bounds that divide better; the additional work is counted"
          : "none: loops run the bounds of the layers",
    },
    {
      about: "other operators",
      text:
        dataMovement === undefined
          ? "nothing is known of operators without multiply-accumulates: they are not counted"
          : "operators without multiply-accumulates cost their accesses to the outermost level; their arithmetic " +
            "is not counted",
    },
    ...(totals.areaMm2 > 0 ? [] : [{ about: "area", text: "unknown to the energy table" }]),
    ...(learned === undefined
      ? []
      : [{ about: "latency searched", text: `that of the learned model ${learned.model}` }]),
  ];
}

/** Which wires the target prices. */
function networkEnergy(levels: Architecture["levels"], moves: boolean): string {
  const priced = levels.filter(({ network }) => network !== undefined).map(({ name }) => name);
  if (priced.length === 0) return "not counted: wires, routers and spatial sums cost nothing";
  const all = priced.length === levels.length;
  return (
    `of the wires below ${all ? "every level" : priced.join(", ")}, as Timeloop counts hops, routers and words that ` +
    `enter; ${all ? "" : "other wires and "}spatial sums cost nothing` +
    (moves ? "; operators without multiply-accumulates are charged for none" : "")
  );
}

/** Which levels the energy table lets leak. */
function staticEnergy(levels: Architecture["levels"], moves: boolean): string {
  const leaking = levels.filter(({ leakPjPerCycle = 0 }) => leakPjPerCycle > 0).map(({ name }) => name);
  if (leaking.length === 0) return "not counted: parts that wait take no power";
  return (
    `of ${leaking.join(", ")}: the instances that a layer uses, while it runs (the others are power-gated)` +
    (moves ? `; while data moves without a layer, of ${levels[0]!.name} alone` : "")
  );
}

/** How wide elements are in which levels. */
function precision(layers: RunResult["layers"], levels: Architecture["levels"]): string {
  const words = levels.map(({ name, wordBits }) => `${name} ${wordBits}`).join(", ");
  const widths = new Map<string, Set<string>>();
  for (const { name } of levels) {
    for (const layer of layers) {
      for (const [tensor, { width }] of Object.entries(layer.levels[name]!.tensors)) {
        if (width === undefined) continue;
        const { bits, finishedBits } = width;
        const said = `${finishedBits === undefined ? bits : `${finishedBits} finished, ${bits} unfinished`} in ${name}`;
        widths.set(tensor, (widths.get(tensor) ?? new Set()).add(said));
      }
    }
  }
  if (widths.size === 0) return `an element of a tensor takes one word of a level, whatever its width: bits ${words}`;
  const said = [...widths].map(([tensor, own]) => `${tensor} ${[...own].join(", ")}`);
  return (
    `bits of an element: ${said.join("; ")}; any other takes one word of a level (bits ${words}); ` +
    "a multiply-accumulate costs the same whatever its operands, conversions cost nothing"
  );
}
