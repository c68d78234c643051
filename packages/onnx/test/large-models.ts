import { BOOL, GraphBuilder, INT64 } from "./model-builder.js";

/** Models of many small nodes, by what they are made of; each holds one matrix product too. */
export const LARGE_MODELS: Readonly<Record<string, (nodes: number) => Uint8Array>> = {
  "a chain of element-wise nodes": (nodes) => {
    const g = new GraphBuilder();
    let x = product(g);
    for (let i = 0; i < nodes; i++) x = g.node("Relu", [x], {}, `/relu_${i}/Relu`);
    g.output(x);
    return g.bytes();
  },
  "a chain in which every node also reads the first": (nodes) => {
    const g = new GraphBuilder();
    const first = product(g);
    let x = first;
    for (let i = 0; i < nodes; i++) x = g.node("Add", [x, first]);
    g.output(x);
    return g.bytes();
  },
  "a chain with something smaller beside every node": (nodes) => {
    const g = new GraphBuilder();
    let x = product(g);
    for (let i = 0; i < nodes; i += 2) {
      x = g.node("Mul", [x, g.node("Softmax", [g.node("ReduceMean", [x], { axes: [1], keepdims: 1 })])]);
    }
    g.output(x);
    return g.bytes();
  },
  "operators that are not known": (nodes) => {
    const g = new GraphBuilder();
    let x = product(g);
    for (let i = 0; i < nodes; i++) x = g.node("own.Whirl", [x]);
    g.output(x);
    return g.bytes();
  },
  "equal names": (nodes) => {
    const g = new GraphBuilder();
    let x = product(g);
    for (let i = 0; i < nodes; i++) x = g.node("Relu", [x], {}, "same");
    g.output(x);
    return g.bytes();
  },
  "names of modules in modules, in a loop": (nodes) => {
    const body = new GraphBuilder("body_");
    let x = body.node("Relu", ["start"]);
    for (let i = 0; i < nodes; i++) x = body.node("Relu", [x], {}, `/block.${i % 100}/block.${i % 100}.act/Relu`);
    body.output("more");
    body.output(x);
    body.input("i", [], INT64);
    body.input("more", [], BOOL);
    body.input("start", [4, 8]);
    const g = new GraphBuilder();
    g.output(g.node("Loop", [g.integers(3), "", product(g)], { body }));
    return g.bytes();
  },
  "views and views of views": (nodes) => {
    const g = new GraphBuilder();
    let x = product(g);
    for (let i = 0; i < nodes; i++) x = g.node("Reshape", [x, g.integers(i % 2 === 0 ? [-1] : [4, 8])]);
    g.output(x);
    return g.bytes();
  },
  "matrix products, all of one name": (nodes) => {
    const g = new GraphBuilder();
    let x = product(g);
    const weights = g.weights(8, 8);
    for (let i = 0; i < nodes; i++) x = g.node("MatMul", [x, weights], {}, "/fc/MatMul");
    g.output(x);
    return g.bytes();
  },
  "nodes in the wrong order": (nodes) => {
    const g = new GraphBuilder();
    const first = product(g);
    for (let i = nodes; i > 0; i--) g.named(`n${i}`, "Relu", [i === 1 ? first : `n${i - 1}`]);
    g.output(`n${nodes}`);
    return g.bytes();
  },
  "one node of many inputs": (nodes) => {
    const g = new GraphBuilder();
    const x = product(g);
    g.output(
      g.node(
        "Concat",
        Array.from({ length: nodes }, () => x),
        { axis: 0 },
      ),
    );
    return g.bytes();
  },
  "a node that reads many parts": (nodes) => {
    const g = new GraphBuilder();
    const parts = Array.from({ length: nodes }, () => g.node("Relu", [product(g)]));
    g.output(g.node("Sum", parts));
    return g.bytes();
  },
  "many products that one late value scales": (nodes) => {
    const g = new GraphBuilder();
    const products = Array.from({ length: nodes / 3 }, () => product(g));
    let late = g.node("ReduceMean", [products[0]!]);
    for (let i = 0; i < nodes / 3; i++) late = g.node("Softmax", [late]);
    for (const each of products) g.output(g.node("Mul", [each, late]));
    return g.bytes();
  },
  "graphs in graphs": (nodes) => {
    const inner = (depth: number): GraphBuilder => {
      const body = new GraphBuilder(`level${depth}_`);
      body.input(`i${depth}`, [], INT64);
      const more = body.input(`more${depth}`, [], BOOL);
      let x = body.input(`state${depth}`, [4, 8]);
      for (let i = 0; i < nodes / 50; i++) x = body.node("Relu", [x], {}, "/block/act/Relu");
      if (depth < 50) x = body.node("Loop", [body.integers(2), "", x], { body: inner(depth + 1) });
      for (const output of [more, x]) body.output(output);
      return body;
    };
    const g = new GraphBuilder();
    g.output(g.node("Loop", [g.integers(1), "", product(g)], { body: inner(1) }));
    return g.bytes();
  },
  "calls of a function": (nodes) => {
    const act = new GraphBuilder("act_");
    act.output(act.node("Relu", [act.input("a", [])]));
    const g = new GraphBuilder();
    g.define("Act", act);
    let x = product(g);
    for (let i = 0; i < nodes; i += 2) x = g.node("own.Act", [x]);
    g.output(x);
    return g.bytes();
  },
};

const products = new WeakMap<GraphBuilder, string>();

/** A product of 4 x 8 by 8 x 8, a new one at every call; the graph's only input goes in. */
function product(g: GraphBuilder): string {
  const x = products.get(g) ?? g.input("x", [4, 8]);
  products.set(g, x);
  return g.node("MatMul", [x, g.weights(8, 8)]);
}
