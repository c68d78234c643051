import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { countActions } from "../src/counts/actions.js";
import { countTree, treeCaseSchema } from "../src/index.js";
import { reservationsOf } from "../src/peaks/reservation.js";
import { pathsOf } from "../src/tree/path.js";

/** AccelForge's own frames are float32 in places. */
const TOLERANCE = 1e-6;

interface GoldenTree {
  readonly id: string;
  readonly workload: { readonly bits?: Record<string, number> };
  readonly result: {
    readonly energy: number;
    readonly latency: number;
    readonly peakBits: Record<string, number>;
    readonly einsums: Record<
      string,
      {
        readonly computes: number;
        readonly actions: Record<string, Record<string, { read: number; write: number }>>;
        readonly occupancyBits: Record<string, Record<string, number>>;
      }
    >;
  };
}

const trimmed = fileURLToPath(new URL("./golden", import.meta.url));
const complete = fileURLToPath(new URL("../../../../shared/fusion", import.meta.url));
for (const folder of [trimmed, complete].filter((path) => existsSync(path))) {
  describe(`AccelForge's trees in ${folder === trimmed ? "golden" : "the complete set"}`, () => {
    // Optima are no trees.
    const files = readdirSync(folder).filter((file) => file.endsWith(".jsonl.gz") && file !== "optimal.jsonl.gz");
    for (const file of files) {
      it(`${file}: energy, latency, peaks, and every count behind them`, () => {
        const lines = gunzipSync(readFileSync(`${folder}/${file}`))
          .toString("utf8")
          .trim()
          .split("\n");
        expect(lines.length).toBeGreaterThanOrEqual(14);
        expect(lines.flatMap((line) => differences(JSON.parse(line)))).toEqual([]);
      });
    }
  });
}

function differences(record: GoldenTree): string[] {
  const { id, result, workload } = record;
  const found: string[] = [];
  const compare = (what: string, got: number, wanted: number) => {
    if (!(Math.abs(got - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted)))) {
      found.push(`${id} ${what}: ${got}, wanted ${wanted}`);
    }
  };
  const tree = treeCaseSchema.parse(record);
  const cost = countTree(tree);
  compare("energy", cost.energy, result.energy);
  compare("latency", cost.latency, result.latency);
  for (const [level, bits] of Object.entries(result.peakBits))
    compare(`peak ${level}`, cost.peakBits.get(level)!, bits);
  const levelName = (l: number) => tree.architecture.levels[l]!.name;
  for (const path of pathsOf(tree)) {
    const einsum = result.einsums[path.einsum.name]!;
    const { actions, computes } = countActions(path);
    compare(`${path.einsum.name} computes`, computes, einsum.computes);
    const words = (key: "reads" | "writes", level: string, tensor: string) =>
      actions
        .filter((action) => levelName(action.level) === level && action.tensor === tensor)
        .reduce((sum, action) => sum + action[key], 0) * (workload.bits?.[tensor] ?? 1);
    for (const [level, tensors] of Object.entries(einsum.actions)) {
      for (const [tensor, { read, write }] of Object.entries(tensors)) {
        compare(`${path.einsum.name} ${level} ${tensor} read`, words("reads", level, tensor), read);
        compare(`${path.einsum.name} ${level} ${tensor} write`, words("writes", level, tensor), write);
      }
    }
    const reservations = reservationsOf(path);
    for (const [level, tensors] of Object.entries(einsum.occupancyBits)) {
      for (const [tensor, bits] of Object.entries(tensors)) {
        const held = reservations.filter((own) => levelName(own.memory) === level && own.tensor === tensor);
        const total = held.reduce((sum, own) => sum + own.words, 0) * (workload.bits?.[tensor] ?? 1);
        compare(`${path.einsum.name} ${level} ${tensor} held`, total, bits);
      }
    }
  }
  return found;
}
