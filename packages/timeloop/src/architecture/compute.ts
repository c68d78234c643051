import type { Compute } from "@loopnest/mapspace";
import type { Costs } from "../costs/costs.js";
import type { Component } from "../layout/component.js";
import { mesh } from "../layout/mesh.js";

/** The compute units of an architecture from a component. */
export function computeUnits(component: Component, costs: Costs): Compute {
  const { name, field, attributes } = component;
  return {
    ...mesh(component),
    energyPj: costs.macPj({ name, field, attribute: attributes.get("energy") }),
    areaPerInstanceUm2: costs.areaUm2({ name, field, attribute: attributes.get("area") }, "area"),
  };
}
