// What simulator.py does, for machines without Python.
import { createInterface } from "node:readline";

const prod = (numbers) => numbers.reduce((product, one) => product * one, 1);

function simulate({ problem: { dims }, mapping: [outermost, ...inner] }) {
  const trips = Object.fromEntries(outermost.temporal);
  const tile = (dim) => (dims[dim] ?? 1) / (trips[dim] ?? 1);
  const [weights, inputs, outputs] = ["GRSCK", "GNCPQ", "GNKPQ"].map((of) => prod([...of].map(tile)));
  const steps = prod(inner.flatMap(({ temporal }) => temporal.map(([, count]) => count)));
  const transfer = 120 + Math.floor((weights + inputs + outputs) / 16) + 1;
  const tiles = prod(Object.values(trips));
  return {
    cycles: 60 + tiles * (Math.max(steps, transfer) + 4),
    energyPj: prod(Object.values(dims)) + 8 * tiles * (weights + inputs),
  };
}

for await (const line of createInterface(process.stdin)) {
  const one = JSON.parse(line);
  console.log(JSON.stringify({ id: one.id, ...simulate(one) }));
}
