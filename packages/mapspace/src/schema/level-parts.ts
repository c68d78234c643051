import * as z from "zod";
import type { NetworkPrices } from "../hardware/architecture.js";
import { nonNegative, positiveInteger } from "./quantities.js";

/** Parts that a level has in an architecture and in a target alike. */

export const clusterSize = positiveInteger.describe("instances side by side that share a row; default 1");

export const network: z.ZodType<NetworkPrices> = z
  .strictObject({
    hopEnergyPj: nonNegative.exactOptional().describe("energy of one word over one hop; default 0"),
    routerEnergyPj: nonNegative.exactOptional().describe("energy of one word through one router; default 0"),
    ingressEnergyPj: nonNegative.exactOptional().describe("energy of one word that enters; default 0"),
  })
  .describe("wires to the level inside; their energy is not counted if left out");
