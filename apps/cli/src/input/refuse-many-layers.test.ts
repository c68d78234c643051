import { matmul } from "@loopnest/mapspace";
import { expect, test } from "vitest";
import { refuseManyLayers } from "./refuse-many-layers.js";

const network = (layers: number, shapes: number) => ({
  name: "many",
  layers: Array.from({ length: layers }, (_, i) => ({
    problem: matmul({ name: `l${i}`, m: 1 + (i % shapes), k: 2, n: 2 }),
    count: 1,
  })),
});

test("a network of more layers than fit into memory is refused before it is searched", () => {
  expect(() => refuseManyLayers(network(1500, 1500))).not.toThrow();
  expect(() => refuseManyLayers(network(1501, 1501))).toThrow(
    "many: 1501 layers, 1501 of them distinct, where a search holds 1500 at most; search parts of the network",
  );
  expect(() => refuseManyLayers(network(1501, 1))).toThrow("write layers of one shape once, with a count");
});
