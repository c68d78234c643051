import * as z from "zod";
import type { TreeCase, TreeNode } from "./tree.js";

const name = z.string().min(1);
const positive = z.number().gt(0);
const nonNegative = z.number().min(0);
const size = z.int().min(1);

const access = z.strictObject({
  tensor: name,
  proj: z.array(name),
  // The names of the tensor's own ranks: counts do not depend on them.
  rankNames: z.array(name).optional(),
});

const level = z.strictObject({
  name,
  readEnergy: nonNegative,
  writeEnergy: nonNegative,
  readBandwidth: positive,
  writeBandwidth: positive,
  leak: nonNegative.optional(),
  sizeBits: nonNegative.optional(),
  // What a mapper has to keep here: says nothing about a given mapping.
  keep: name.optional(),
  spatial: z.array(z.strictObject({ name, fanout: size, mayReuse: z.literal("All").optional() })).optional(),
});

type StoreRecord = ["store", string, string[], { persistent?: boolean | undefined }?];
type ForRecord = ["for", string | Record<string, string>, number, Record<string, unknown>?];
type NodeRecord =
  | StoreRecord
  | ForRecord
  | ["spatial", string, number, string, string]
  | ["split", NodeRecord[][]]
  | ["compute", string];

const node: z.ZodType<NodeRecord> = z.lazy(() =>
  z.union([
    z.tuple([
      z.literal("store"),
      name,
      z.array(name),
      z.strictObject({ persistent: z.boolean().optional() }).optional(),
    ]),
    z.tuple([
      z.literal("for"),
      z.union([name, z.record(name, name)]),
      size,
      z.record(z.string(), z.unknown()).optional(),
    ]),
    z.tuple([z.literal("spatial"), name, size, name, name]),
    z.tuple([z.literal("split"), z.array(z.array(node).min(1)).min(1)]),
    z.tuple([z.literal("compute"), name]),
  ]),
) as z.ZodType<NodeRecord>;

const record = z.object({
  id: z.union([name, z.number()]).optional(),
  arch: z.strictObject({
    name,
    levels: z.array(level).min(1),
    compute: z.strictObject({ name, energy: nonNegative, throughput: positive }),
  }),
  workload: z.strictObject({
    name,
    ranks: z.record(name, size),
    einsums: z.array(z.strictObject({ name, inputs: z.array(access), output: access })).min(1),
    bits: z.record(name, positive).optional(),
  }),
  mapping: z.array(node).min(1),
});

/**
 * One evaluation of a mapping tree, as JSON. Fields that it does not know are dropped at the top: records carry their
 * `result` beside the case.
 *
 * - `arch.levels`, outermost first: energies of a bit, bandwidths in bits a cycle, `leak` a cycle, `sizeBits`,
 *   `spatial`: the mesh in front of the level. `arch.compute`: energy of a multiply-accumulate, throughput a cycle.
 * - `workload.ranks`: sizes; `einsums` in order, `proj` of a tensor in rank variables; `bits` of tensors (default 1).
 * - `mapping`: `["store", level, [tensors] (, {"persistent": true})]`, `["for", rank, tile]`, `["spatial", rank, tile,
 *   mesh dimension, level]`, `["split", [branch, ...]]`, `["compute", einsum]`; a window loop that Einsums share:
 *   `["for", {"E0": "x", "E1": "y"}, tile]`.
 */
export const treeCaseSchema: z.ZodType<TreeCase> = record.transform(({ arch, workload, mapping }) => ({
  architecture: arch,
  cascade: {
    name: workload.name,
    ranks: new Map(Object.entries(workload.ranks)),
    einsums: workload.einsums,
    bits: new Map(Object.entries(workload.bits ?? {})),
  },
  mapping: mapping.map(nodeOf),
}));

function nodeOf(record: NodeRecord): TreeNode {
  switch (record[0]) {
    case "store":
      return { kind: "store", level: record[1], tensors: record[2], persistent: record[3]?.persistent === true };
    case "for": {
      const [, rank, tile] = record;
      return { kind: "loop", rank: typeof rank === "string" ? rank : new Map(Object.entries(rank)), tile };
    }
    case "spatial": {
      const [, rank, tile, dimension, level] = record;
      return { kind: "loop", rank, tile, mesh: { dimension, level } };
    }
    case "split":
      return { kind: "split", branches: record[1].map((branch) => branch.map(nodeOf)) };
    case "compute":
      return { kind: "compute", einsum: record[1] };
  }
}
