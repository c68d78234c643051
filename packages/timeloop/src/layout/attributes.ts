import { similarNames } from "@loopnest/mapspace";
import { workOut } from "../yaml/expression.js";
import type { Field } from "../yaml/field.js";

/** Costs, of which none is below 0, whether they are used or a table goes before them. */
const COSTS = [
  ...["vector_access_energy", "cluster_area", "energy", "area", "leak"],
  ...["energy_per_hop", "router_energy", "energy_per_ingress"],
];

/** Attributes that make up a storage level or compute unit here. */
const READ = [
  ...["word_bits", "word_width", "datawidth", "block_size", "n_words", "cluster_size"],
  ...[
    "width",
    "memory_width",
    "data_storage_width",
    "entries",
    "depth",
    "memory_depth",
    "data_storage_depth",
    "sizeKB",
  ],
  ...["bandwidth", "shared_bandwidth", "read_bandwidth", "write_bandwidth", "multiple_buffering"],
  ...["instances", "meshX", "meshY", "vector_access_energy", "cluster_area", "energy", "area", "technology", "keeps"],
  ...["leak", "energy_per_hop", "router_energy", "energy_per_ingress"],
];

/** What a value of an attribute that loopnest lacks means: it is refused, or said to be left out. */
interface Lacking {
  /** Values that change nothing. */
  readonly neutral: readonly unknown[];
  /** What is said of another value; null: it is refused. */
  readonly note: string | null;
}

const lacking = (neutral: readonly unknown[], note: string | null, ...names: string[]) =>
  names.map((name) => [name, { neutral, note }] as const);

const NOT_COUNTED = "not counted";
const FOR_SPARSE = "for compressed tensors and not read: every tensor is dense";
/** Attributes that change Timeloop's counts, energies or mapspace in ways that loopnest lacks. */
const LACKING: ReadonlyMap<string, Lacking> = new Map([
  ...lacking([0], "not held: mappings that fill less are in the mapspace too", "min_utilization"),
  ...lacking([0], NOT_COUNTED, "network_fill_latency", "network_drain_latency", "adder_energy", "addr_gen_energy"),
  ...lacking([0], NOT_COUNTED, "wire_energy"),
  ...lacking(["1:1", "1:N", "M:N"], null, "network_type"),
  ...lacking([false], null, "allow_overbooking"),
  ...lacking([false], FOR_SPARSE, "decompression_supported", "compression_supported", "tile_partition_supported"),
  ...lacking([false], FOR_SPARSE, "concordant_compressed_tile_traversal"),
  ...lacking([0], FOR_SPARSE, "metadata_datawidth", "metadata_word_bits", "metadata_block_size"),
  ...lacking([0], FOR_SPARSE, "metadata_storage_width", "metadata_storage_depth", "metadata_counter_width"),
]);

/** Attributes of energy estimators that resemble those above. */
const ESTIMATION = [
  ...["network_read", "network_fill", "network_drain", "network_update", "component_class", "action_latency_cycles"],
  ...["global_cycle_seconds", "cycle_seconds", "reduction_supported", "update_fifo_depth", "multiplier_width"],
  ...["adder_width", "num_stages", "num_pipeline_stages", "cycle_time", "block_depth", "nbanks", "nports"],
  "latency",
  "n_banks",
  "num_banks",
  "n_ports",
  "num_ports",
  "n_rd_ports",
  "n_wr_ports",
  "n_rdwr_ports",
  "network_word_bits",
  "type",
  "voltage",
];

/** Expressions that refer to others, one after the other. */
const DEEPEST = 20;

/** Attributes of a component: its own, then those it inherits. */
export class Attributes {
  readonly #maps: readonly Field[];
  readonly #variables: readonly Field[] | null;

  /**
   * @param variables What names in expressions may stand for beside attributes (v0.4); null where Timeloop reads
   * numbers alone.
   */
  constructor(maps: readonly Field[], variables: readonly Field[] | null = null) {
    this.#maps = maps;
    this.#variables = variables;
  }

  /** The first of several names that is there, worked out; empty values count as absent. */
  get(...names: string[]): Field | undefined {
    for (const map of this.#maps) {
      for (const name of names) {
        const field = map.get(name);
        if (field !== undefined && !field.isEmpty) return this.workedOut(field);
      }
    }
    return undefined;
  }

  /** A field whose expression is worked out, as far as it is one and its names stand for numbers. */
  workedOut(field: Field, within: readonly Field[] = []): Field {
    if (this.#variables === null || field.isMap || field.isList) return field;
    const text = field.value();
    if (typeof text !== "string") return field;
    const inside = [...within, field];
    const value = workOut(text, (name) => this.#named(name, inside));
    return value === undefined ? field : field.workedOut(value);
  }

  /** The number that a name in an expression stands for; not one that is being worked out. */
  #named(name: string, within: readonly Field[]): number | undefined {
    if (within.length > DEEPEST) return undefined;
    const all = [...this.#maps, ...this.#variables!].flatMap((map) => map.get(name) ?? []);
    const field = all.find((one) => !within.includes(one) && !one.isMap && !one.isList);
    const value = field === undefined ? null : this.workedOut(field, within).value();
    return typeof value === "number" ? value : undefined;
  }

  /**
   * Refuses attributes whose effect would be lost, and names that look misspelt. Other unknown ones belong to an energy
   * estimator: they change no count, and energies come from its tables; each is named once, `named` being those that
   * were.
   */
  check(ignored: readonly string[], named: Set<string>): void {
    const all = this.#maps.flatMap((map) => map.fields());
    const inExpressions = this.#variables === null ? [] : all.flatMap(namesIn);
    for (const field of all) {
      if (inExpressions.includes(field.name)) continue;
      if (ignored.includes(field.key) || ignored.includes(field.name)) continue;
      const { keyPosition: position } = field;
      const lacks = LACKING.get(field.name);
      if (lacks !== undefined) {
        if (field.isEmpty || lacks.neutral.includes(field.value())) continue;
        if (lacks.note !== null) {
          field.note(`${field.key} is ${lacks.note}`, position);
          continue;
        }
        const fix = `leave it out, or import with ignore: ["${field.key}"]`;
        field.unsupported(`${field.key} has no counterpart in loopnest`, fix, { position });
      }
      if (COSTS.includes(field.name) && Number(field.value()) < 0) field.amount();
      if (READ.includes(field.name) || ESTIMATION.includes(field.name)) continue;
      if (["name", "class", "subclass", "attributes", "required_actions"].includes(field.name)) continue;
      const [similar] = field.name.length > 3 ? similarNames(field.name, READ) : [];
      if (similar === undefined) {
        if (!named.has(field.name))
          field.note(`${field.key} is no attribute that counts here and is not read`, position);
        named.add(field.name);
        continue;
      }
      const fix = `did you mean ${similar}? if it is right, import with ignore: ["${field.key}"]`;
      field.fail(`there is no attribute ${field.key}`, fix, { position, got: field.key });
    }
  }
}

/** The names in a text that may be an expression, but for the field's own. */
function namesIn(field: Field): string[] {
  const value = field.isMap || field.isList ? null : field.value();
  return typeof value === "string" ? (value.match(/[A-Za-z_]\w*/g) ?? []).filter((name) => name !== field.name) : [];
}
