import type { Mapping, Problem } from "@loopnest/mapspace";
import { identifiers, plainText } from "../c/names.js";
import { DRIVER_SOURCE, type DriverCall, driverCall, type NoCall } from "./driver-call.js";
import type { GeneratorConfig } from "./generator-config.js";

/** A mapped layer, by the name that it has in a network. */
export interface NamedLayer {
  readonly name: string;
  readonly problem: Problem;
  readonly mapping: Mapping;
}

/** The calls of a network's layers, and the header that has them. */
export interface DriverHeader {
  readonly text: string;
  /** In the order of the layers. */
  readonly calls: readonly (DriverCall | NoCall)[];
}

/**
 * A C header with the arguments of a driver's call for every layer: macros with the sizes and tiles in the order of the
 * function's parameters, to stand in a call beside pointers and scales. What the driver does otherwise than the mapping
 * is said in comments.
 *
 * @param name Of the design, for its comment.
 */
export function driverHeader(
  layers: readonly NamedLayer[],
  { parameters }: GeneratorConfig,
  name: string,
): DriverHeader {
  const calls = layers.map(({ problem, mapping }) => driverCall(problem, mapping, parameters));
  const identifier = identifiers([]);
  const blocks = layers.map((layer, i) => {
    const own = identifier(layer.name.toUpperCase());
    return block(plainText(layer.name), own, calls[i]!);
  });
  const text = `// ${plainText(name)}: mappings that loopnest found, as arguments of Gemmini's driver.
// Functions and names of parameters: ${DRIVER_SOURCE}.
// LAYER_SIZES and LAYER_TILES stand in the call where the function has these parameters, in the same order.
#ifndef LOOPNEST_GEMMINI_H
#define LOOPNEST_GEMMINI_H

${blocks.join("\n")}
#endif
`;
  return { text, calls };
}

/** The first of a function's tile parameters: what stands before it are sizes. */
const FIRST_TILE = { tiled_matmul: "tile_I", tiled_conv: "batches" } as const;

function block(name: string, identifier: string, call: DriverCall | NoCall): string {
  if ("reason" in call) return `// ${name}: not by the driver: ${call.reason}.\n`;
  const entries = Object.entries(call.arguments);
  const from = entries.findIndex(([parameter]) => parameter === FIRST_TILE[call.function]);
  const macro = (what: string, own: typeof entries) => [
    `// ${own.map(([parameter]) => parameter).join(", ")}`,
    `#define ${identifier}_${what} ${own.map(([, value]) => value).join(", ")}`,
  ];
  return [
    `// ${name}: ${call.function}${call.calls > 1 ? `, ${call.calls} calls, one a group` : ""}`,
    ...call.differences.map((text) => `// Differs: ${text}.`),
    ...macro("SIZES", entries.slice(0, from)),
    ...macro("TILES", entries.slice(from)),
    `#define ${identifier}_CALLS ${call.calls}`,
    "",
  ].join("\n");
}
