import type { CostSeed, LayerModel, Machine, Needs, NestPoint } from "@loopnest/mapspace";
import type { Exponents } from "../search/objective.js";

/** Costs of a layer in each of its loop orders, and the softmax weights of the orders. */
export interface OrderCosts {
  energyPj: number[];
  latencyCycles: number[];
  weights: number[];
}

/** How costs of orders become their weights. */
export interface OrderChoice {
  readonly temperature: number;
  /** Of energy and latency in the objective. */
  readonly exponents: Exponents;
}

/** What orders are evaluated on. */
export interface OrderPlace {
  readonly machine: Machine;
  /** Memory for what each order needs. */
  readonly needs: Needs;
}

/** What a layer's costs are worth: derivatives of the objective. */
export interface CostWorth {
  /** How often the layer occurs. */
  readonly count: number;
  readonly energy: number;
  readonly latency: number;
  /** What `weightedSum` is with these. */
  readonly mean: number;
}

/**
 * Evaluates a layer in all its orders; the weights are softmax(-log(energy^a * latency^b) / temperature), a and b being
 * the objective's exponents (both 1 in DOSA).
 */
export function measureOrders(
  layer: LayerModel,
  points: readonly NestPoint[],
  { machine, needs }: OrderPlace,
  { temperature, exponents: { energy, latency } }: OrderChoice,
  out: OrderCosts,
): void {
  const cost = { energyPj: 0, latencyCycles: 0 };
  points.forEach(({ nest }, order) => {
    layer.needs(nest, needs);
    layer.evaluate(nest, machine, "smooth", cost);
    out.energyPj[order] = cost.energyPj;
    out.latencyCycles[order] = cost.latencyCycles;
  });
  const logValue = (order: number) =>
    energy * Math.log(out.energyPj[order]!) + latency * Math.log(out.latencyCycles[order]!);
  const scores = points.map((_, order) => -logValue(order) / temperature);
  const highest = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp(score - highest));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  out.weights = exponentials.map((value) => value / sum);
}

/** The sum of `weight * value`. */
export function weighted(weights: readonly number[], values: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * values[i]!;
  return sum;
}

/** Mean over orders of `energy * energyPj + latency * latencyCycles`: what the weights are traded against. */
export function weightedSum(costs: OrderCosts, energy: number, latency: number): number {
  return energy * weighted(costs.weights, costs.energyPj) + latency * weighted(costs.weights, costs.latencyCycles);
}

/**
 * Derivative with respect to one order's energy and latency of `count * sum over orders of weight * cost`: directly,
 * and through the weights, `d weight_o / d log value_p = -weight_o (delta_op - weight_p) / temperature`.
 */
export function orderSeed(
  costs: OrderCosts,
  order: number,
  { count, energy, latency, mean }: CostWorth,
  { temperature, exponents }: OrderChoice,
): CostSeed {
  const weight = costs.weights[order]!;
  const energyPj = costs.energyPj[order]!;
  const latencyCycles = costs.latencyCycles[order]!;
  const toScore = (weight * (energy * energyPj + latency * latencyCycles - mean)) / temperature;
  return {
    energy: count * (weight * energy - (exponents.energy * toScore) / energyPj),
    latency: count * (weight * latency - (exponents.latency * toScore) / latencyCycles),
    needs: null,
  };
}
