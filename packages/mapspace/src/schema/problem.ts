import * as z from "zod";
import { similarNames } from "../errors/did-you-mean.js";
import type { Problem, Tensor } from "../problem/problem.js";
import { checkUnique, name, positiveInteger } from "./quantities.js";

const term = z.tuple([name, positiveInteger]).describe("[dimension, coefficient]");

const tensor = z.strictObject({
  name: name.describe("how levels and mappings call it"),
  role: z.enum(["input", "output"]).describe("output tensors are read and written, input tensors are only read"),
  ranks: z.array(z.array(term).min(1)).describe("every rank is a sum of terms: [[P, 2], [R, 1]] is 2*P + R"),
  bits: positiveInteger
    .exactOptional()
    .describe("of an element, of an output's once it is finished; one word of every level unless given [bits]"),
  partialSumBits: positiveInteger
    .exactOptional()
    .describe("of an output's partial sums, at least bits; one word of every level unless given [bits]"),
});

/** A problem: one operator as a loop nest. */
export const problemSchema: z.ZodType<Problem> = z
  .strictObject({
    name: name.describe("how results call it"),
    dims: z.record(name, positiveInteger).describe("bound of every dimension [iterations]"),
    tensors: z.array(tensor).min(1).describe("operands and results"),
    paddings: z
      .record(name, z.array(positiveInteger).min(1))
      .exactOptional()
      .describe("larger bounds at which a dimension may be run as well, ascending"),
  })
  .superRefine((problem, context) => {
    const dims = Object.keys(problem.dims);
    const names = problem.tensors.map((tensor) => tensor.name);
    for (const [dim, bounds] of Object.entries(problem.paddings ?? {})) {
      const ascends = bounds.every((bound, k) => bound > (k === 0 ? (problem.dims[dim] ?? 0) : bounds[k - 1]!));
      if (dims.includes(dim) && ascends) continue;
      context.addIssue({
        code: "custom",
        path: ["paddings", dim],
        message: dims.includes(dim) ? `the bounds of ${dim} do not ascend` : `there is no dimension ${dim}`,
        params: {
          fix: dims.includes(dim)
            ? `list numbers above ${problem.dims[dim]}, ascending`
            : `use one of ${dims.join(", ")}`,
        },
        input: bounds,
      });
    }
    checkUnique(names, (t) => ["tensors", t, "name"], "tensor", context);
    problem.tensors.forEach((tensor, t) => {
      const fault = sumFault(tensor);
      if (fault !== null) {
        context.addIssue({
          code: "custom",
          path: ["tensors", t, "partialSumBits"],
          ...fault,
          input: tensor.partialSumBits,
        });
      }
      tensor.ranks.forEach((rank, r) => {
        rank.forEach(([dim], k) => {
          if (dims.includes(dim)) return;
          const similar = similarNames(dim, dims);
          context.addIssue({
            code: "custom",
            path: ["tensors", t, "ranks", r, k, 0],
            message: `${tensor.name} names an unknown dimension ${dim}`,
            params: {
              fix: similar.length > 0 ? `did you mean ${similar.join(" or ")}` : `use one of ${dims.join(", ")}`,
            },
            input: dim,
          });
        });
      });
    });
  })
  .meta({ title: "loopnest problem", description: "One operator as a loop nest: dimensions and tensors" });

/** What is wrong with the width of a tensor's partial sums; `null` if nothing is. */
function sumFault({
  name,
  role,
  bits = 0,
  partialSumBits,
}: Tensor): { message: string; params: { fix: string } } | null {
  if (partialSumBits === undefined) return null;
  if (role === "input")
    return { message: `${name} is an input and has no partial sums`, params: { fix: "leave it out" } };
  if (partialSumBits >= bits) return null;
  return {
    message: `partial sums of ${partialSumBits} bits are narrower than finished ${name} of ${bits}`,
    params: { fix: `give at least ${bits}` },
  };
}
