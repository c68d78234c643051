import { similarNames } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";

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
];

/** Attributes that change Timeloop's counts or energies in ways that loopnest lacks, and the values that change nothing. */
const NEUTRAL: Readonly<Record<string, readonly unknown[]>> = {
  min_utilization: [0],
  allow_overbooking: [false],
  network_fill_latency: [0],
  network_drain_latency: [0],
  network_read: [],
  network_fill: [],
  network_drain: [],
  network_update: [],
  network_type: ["1:1", "1:N"],
  router_energy: [0],
  wire_energy: [0],
  energy_per_hop: [0],
  adder_energy: [0],
  addr_gen_energy: [0],
  metadata_datawidth: [0],
  metadata_word_bits: [0],
  metadata_storage_width: [0],
  metadata_storage_depth: [0],
  decompression_supported: [false],
  compression_supported: [false],
  concordant_compressed_tile_traversal: [false],
};

/** Attributes of energy estimators that resemble those above. */
const ESTIMATION = [
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

/** Attributes of a component: its own, then those it inherits. */
export class Attributes {
  readonly #maps: readonly Field[];

  constructor(maps: readonly Field[]) {
    this.#maps = maps;
  }

  /** The first of several names that is there; empty values count as absent. */
  get(...names: string[]): Field | undefined {
    for (const map of this.#maps) {
      for (const name of names) {
        const field = map.get(name);
        if (field !== undefined && !field.isEmpty) return field;
      }
    }
    return undefined;
  }

  /**
   * Refuses attributes whose effect would be lost, and names that look misspelt. Other unknown ones belong to an energy
   * estimator: they change no count, and energies come from its tables.
   */
  check(ignored: readonly string[]): void {
    for (const field of this.#maps.flatMap((map) => map.fields())) {
      if (ignored.includes(field.key) || ignored.includes(field.name)) continue;
      const neutral = NEUTRAL[field.name];
      if (neutral !== undefined) {
        if (field.isEmpty || neutral.includes(field.value())) continue;
        field.unsupported(
          `${field.key} has no counterpart in loopnest`,
          `leave it out, or import with ignore: ["${field.key}"]`,
          { position: field.keyPosition },
        );
      }
      if (READ.includes(field.name) || ESTIMATION.includes(field.name)) continue;
      if (["name", "class", "subclass"].includes(field.name)) continue;
      const [similar] = field.name.length > 3 ? similarNames(field.name, READ) : [];
      if (similar === undefined) continue;
      const fix = `did you mean ${similar}? if it is right, import with ignore: ["${field.key}"]`;
      field.fail(`there is no attribute ${field.key}`, fix, { position: field.keyPosition, got: field.key });
    }
  }
}
