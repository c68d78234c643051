import { clonePoint, emptyNeeds, type Machine, type NestPoint, reorder } from "@loopnest/mapspace";
import { chooseOrders, orderChoices } from "../mapper/orders.js";
import { slotCaps } from "../network/network.js";
import type { SearchRun } from "../run/search-run.js";
import { layerValue } from "../search/objective.js";
import { makeNetworkGradient } from "./network-gradient.js";
import { descendLayer, type RelaxedLayer, relaxLayer, writeFactors } from "./relaxed-layer.js";
import { roundPoint } from "./rounding.js";
import type { DescentTuning } from "./tuning.js";

/** The part of the tuning that gradient steps use, and how many there are. */
export type GradientOptions = Pick<DescentTuning, "rate" | "orders" | "reorderEvery" | "temperature"> & {
  readonly steps: number;
};

/**
 * How far gradient steps may go, as a share of any factor, before a model that can follow its gradient works it out
 * anew.
 */
const FOLLOWED = 0.15;
/** The step falls to this part of its start. */
const FINAL_RATE = 0.02;

/**
 * Gradient descent over the mappings of all layers at once, hardware derived at every step; then rounded to the nearest
 * divisors. A step costs one sample for every loop order that a layer is looked at in.
 *
 * @param start Log factors by slot, per layer.
 * @returns One integer point per layer. They need not fit the largest hardware.
 */
export async function gradientDescent(
  run: SearchRun,
  options: GradientOptions,
  start: readonly Float64Array[],
  done: () => boolean,
): Promise<NestPoint[]> {
  const { network, budget, pace } = run;
  const { layers } = network;
  const gradient = makeNetworkGradient(network);
  const relaxed = layers.map(({ model }, i) => relaxLayer(model.space, start[i]!));
  const toSlots = relaxed.map(({ logs }) => new Float64Array(logs.length));
  const evaluate = () => {
    relaxed.forEach(writeFactors);
    budget.spend(relaxed.reduce((sum, { orders }) => sum + orders.length, 0));
    return gradient.evaluate(
      relaxed.map(({ orders }) => orders),
      toSlots,
      options.temperature,
    );
  };
  const settleOrders = (noise: number) => {
    relaxed.forEach((layer, i) => {
      chooseLayerOrders(run, layer, i, gradient.machine, noise);
    });
  };

  for (const { model } of layers) model.follow?.(FOLLOWED);
  evaluate();
  if (options.orders === "softmax") for (const layer of relaxed) layer.orders = allOrders(layer);
  else settleOrders(options.orders === "gumbel" ? options.temperature : 0);
  for (let step = 0; step < options.steps && !done(); step++) {
    if (
      step > 0 &&
      step % options.reorderEvery === 0 &&
      (options.orders === "iterated" || options.orders === "gumbel")
    ) {
      settleOrders(options.orders === "gumbel" ? options.temperature * (1 - step / options.steps) : 0);
    }
    evaluate();
    const cosine = (1 + Math.cos((Math.PI * step) / options.steps)) / 2;
    const rate = options.rate * (FINAL_RATE + (1 - FINAL_RATE) * cosine);
    relaxed.forEach((layer, i) => {
      descendLayer(layer, toSlots[i]!, rate);
    });
    await pace.breathe();
  }
  for (const { model } of layers) model.follow?.(0);
  relaxed.forEach(writeFactors);
  if (options.orders === "softmax") {
    for (const layer of relaxed) layer.orders = layer.orders.slice(0, 1);
    settleOrders(0);
  }
  return relaxed.map(({ orders }, i) => {
    roundPoint(orders[0]!, slotCaps(network, layers[i]!.model.space));
    return orders[0]!;
  });
}

/** One point for every loop order of the outermost level that leaves it free; the other levels keep theirs. */
function allOrders(layer: RelaxedLayer): NestPoint[] {
  const [outermost] = orderChoices(layer.space);
  if (outermost === undefined) return layer.orders;
  return outermost.orders.map((order) => {
    const point = clonePoint(layer.orders[0]!);
    reorder(point, outermost.level, order);
    return point;
  });
}

/** Puts a layer into its best loop order on the machine of the last evaluation. */
function chooseLayerOrders(
  { network, budget, random }: SearchRun,
  layer: RelaxedLayer,
  i: number,
  machine: Machine,
  noise: number,
): void {
  const { model } = network.layers[i]!;
  const point = layer.orders[0]!;
  const needs = emptyNeeds(network.levelCount);
  const cost = { energyPj: 0, latencyCycles: 0 };
  chooseOrders(point, orderChoices(layer.space), () => {
    model.needs(point.nest, needs);
    model.evaluate(point.nest, machine, "smooth", cost);
    budget.spend(1);
    const gumbel = noise === 0 ? 0 : -Math.log(-Math.log(1 - random.uniform()));
    return Math.log(layerValue(network.task.objective.name, cost)) - noise * gumbel;
  });
}
