import * as z from "zod";
import type { NetworkPrices } from "../hardware/architecture.js";
import { nonNegative, positiveInteger } from "./quantities.js";

/** Parts that a level has in an architecture and in a target alike. */

export const clusterSize = positiveInteger.exactOptional().meta({
  description: "instances side by side that share a row",
  default: 1,
});

export const network: z.ZodType<NetworkPrices> = z
  .strictObject({
    hopEnergyPj: nonNegative.exactOptional().meta({ description: "energy of one word over one hop [pJ]", default: 0 }),
    routerEnergyPj: nonNegative
      .exactOptional()
      .meta({ description: "energy of one word through one router [pJ]", default: 0 }),
    ingressEnergyPj: nonNegative
      .exactOptional()
      .meta({ description: "energy of one word that enters [pJ]", default: 0 }),
  })
  .describe("wires to the level inside; their energy is not counted if left out");

/**
 * Ports of a level, each as wide as a number or an expression says: one for everything, or one for each direction; what
 * is left out is unlimited.
 */
export function portsSchema<T extends z.ZodType>(width: T) {
  const shared = width.describe("one port for reads and writes together [words/cycle]");
  const read = width.describe("port for what is read [words/cycle]");
  const write = width.describe("port for what is written [words/cycle]");
  return z
    .union([
      z.strictObject({ shared }),
      z.strictObject({ read, write }),
      z.strictObject({ read }),
      z.strictObject({ write }),
      z.null(),
    ])
    .describe("ports of one instance; null and a port that is left out are unlimited [words/cycle]");
}
