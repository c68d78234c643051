import { expect, it } from "vitest";
import { proofSpace } from "./proof-space.js";

const inputs = {
  workload: { name: "net", sha256: "" },
  target: { name: "gemmini", sha256: "" },
  energyTable: { name: "dosa", sha256: "" },
};

it("names target, sizes that were given, counts, factors, placement and that layers share nothing on chip", () => {
  const counts = "timeloop-2025" as const;
  expect(proofSpace({ inputs, counts, options: {}, fixed: {} })).toBe(
    "gemmini, counts timeloop-2025, divisors, even, layer by layer",
  );
  const options = { placement: "uneven" };
  expect(proofSpace({ inputs, counts: "timeloop-2022", options, fixed: { peDim: 16 }, mayPad: true })).toBe(
    "gemmini with peDim 16, counts timeloop-2022, divisors or padded, uneven (layers not carried: even), " +
      "layer by layer",
  );
});
