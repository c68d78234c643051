import { describe, expect, it } from "vitest";
import type { Attribute, Graph, Node } from "./model.js";
import { inRunningOrder } from "./running-order.js";

function node(name: string, inputs: readonly string[], graph: Graph | null = null): Node {
  const attributes = new Map(graph === null ? [] : [["body", { graph } as Attribute]]);
  return { operator: "Op", name, inputs, outputs: [`${name}-out`], attributes };
}

const namesOf = (nodes: readonly Node[]) => nodes.map(({ name }) => name);

describe("inRunningOrder", () => {
  it("leaves nodes that can run as they stand where they are", () => {
    const nodes = [node("a", ["x"]), node("b", ["x", ""]), node("c", ["b-out", "a-out"])];
    expect(inRunningOrder(nodes)).toBe(nodes);
  });

  it("puts nodes behind those that they wait for", () => {
    const nodes = [node("c", ["cast-out", "b-out"]), node("b", ["a-out"]), node("a", ["x"]), node("cast", ["x"])];
    const order = namesOf(inRunningOrder(nodes));
    expect([...order].sort()).toEqual(["a", "b", "c", "cast"]);
    expect(order.indexOf("a")).toBeLessThan(order.indexOf("b"));
    expect(order.at(-1)).toBe("c");
  });

  it("sees what inner graphs take from outside, not what they make themselves", () => {
    const inner: Graph = {
      ...{ name: "", constants: new Map(), inputs: [], declared: new Map() },
      ...{ nodes: [node("inner", ["late-out"])], outputs: ["inner-out"] },
    };
    expect(namesOf(inRunningOrder([node("if", ["x"], inner), node("late", ["x"])]))).toEqual(["late", "if"]);
  });

  it("refuses a circle, and two nodes that give one value", () => {
    const circle = [node("a", ["b-out"]), node("b", ["a-out"]), node("c", ["x"])];
    expect(() => inRunningOrder(circle)).toThrow("a: Op: it waits for its own result");
    expect(() => inRunningOrder([node("own", ["own-out"])])).toThrow("it waits for its own result");
    expect(() => inRunningOrder([node("a", ["x"]), node("a", ["y"])])).toThrow("two nodes give the value a-out");
  });
});
