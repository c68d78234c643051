import { type Hardware, LoopnestError } from "@loopnest/mapspace";

/** Where the names come from: fields and requirements of the generator's configuration. */
const GENERATOR_SOURCE =
  "ucb-bar/gemmini, src/main/scala/gemmini/GemminiConfigs.scala (GemminiArrayConfig) and Configs.scala (defaultConfig)";

/** The hardware as the generator takes it: parameters of its configuration, by name. */
export interface GeneratorParameters {
  readonly meshRows: number;
  readonly meshColumns: number;
  readonly tileRows: 1;
  readonly tileColumns: 1;
  /** kB. */
  readonly sp_capacity: number;
  readonly acc_capacity: number;
  readonly sp_banks: number;
  readonly acc_banks: number;
}

/** Parameters, and what the generator does not take as it was searched. */
export interface GeneratorConfig {
  readonly parameters: GeneratorParameters;
  /** One sentence each. */
  readonly differences: readonly string[];
}

/** Banks of the generator's default configuration; bytes of an input and of a sum. */
const SP_BANKS = 4;
const ACC_BANKS = 2;
const SUM_BYTES = 4;

/**
 * The sizes of the target `gemmini` as a configuration of the generator. It requires arrays whose edge is a power of
 * two, scratchpad banks of a power of two rows and more of them than the accumulator has, and banks of whole arrays:
 * sizes that break that are the next larger ones that do not.
 *
 * @throws LoopnestError `input` if a size is missing.
 */
export function generatorConfig(hardware: Hardware): GeneratorConfig {
  const [dim, scratchpadKb, accumulatorKb] = ["peDim", "scratchpadKb", "accumulatorKb"].map((name) => {
    const value = hardware[name];
    if (value !== undefined) return value;
    throw new LoopnestError({
      code: "input",
      path: `hardware.${name}`,
      problem: "the size is missing",
      fix: "give hardware of the target gemmini",
    });
  }) as [number, number, number];
  const edge = powerFrom(dim);
  const accRows = ACC_BANKS * Math.ceil((accumulatorKb * 1024) / (ACC_BANKS * edge * SUM_BYTES) / edge) * edge;
  const accumulator = (accRows * edge * SUM_BYTES) / 1024;
  // Rows are as wide as the array, of one byte each; two arrays more than the accumulator has.
  const spRows = Math.max(SP_BANKS * edge, (scratchpadKb * 1024) / edge, accRows + 2 * edge);
  const scratchpad = (powerFrom(spRows / SP_BANKS) * SP_BANKS * edge) / 1024;
  const changed = [
    ["an array of", dim, edge, "rows", "its edge must be a power of two"],
    [
      "a scratchpad of",
      scratchpadKb,
      Math.ceil(scratchpad),
      "kB",
      "its banks must have a power of two rows, and more than the accumulator",
    ],
    ["an accumulator of", accumulatorKb, Math.ceil(accumulator), "kB", "its banks must hold whole arrays"],
  ] as const;
  return {
    parameters: {
      ...{ meshRows: edge, meshColumns: edge, tileRows: 1, tileColumns: 1 },
      ...{ sp_capacity: Math.ceil(scratchpad), acc_capacity: Math.ceil(accumulator) },
      ...{ sp_banks: SP_BANKS, acc_banks: ACC_BANKS },
    },
    differences: changed.flatMap(([what, searched, given, unit, why]) =>
      searched === given ? [] : [`${what} ${searched} ${unit} was searched: ${given} here, since ${why}`],
    ),
  };
}

/** The configuration as Scala, for a copy of the generator's sources. @param name Of the design, for its comment. */
export function generatorScala({ parameters, differences }: GeneratorConfig, name: string): string {
  const { sp_capacity, acc_capacity, ...counts } = parameters;
  const fields = [
    ...Object.entries(counts).map(([field, value]) => `${field} = ${value}`),
    `sp_capacity = CapacityInKilobytes(${sp_capacity})`,
    `acc_capacity = CapacityInKilobytes(${acc_capacity})`,
    "dataflow = Dataflow.WS",
  ];
  return `// ${name}: the hardware that loopnest found, as a configuration of Gemmini.
// Names of parameters: ${GENERATOR_SOURCE}.
// Everything that is not set here is the generator's default: 8-bit inputs, 32-bit sums.
${differences.map((text) => `// Differs: ${text}.\n`).join("")}package gemmini

import org.chipsalliance.cde.config.{Config, Parameters}
import freechips.rocketchip.diplomacy.LazyModule
import freechips.rocketchip.tile.BuildRoCC

object LoopnestConfigs {
  val found = GemminiConfigs.defaultConfig.copy(
    ${fields.join(",\n    ")}
  )
}

class LoopnestGemminiConfig extends Config((site, here, up) => {
  case BuildRoCC => up(BuildRoCC) ++ Seq((p: Parameters) => {
    implicit val q: Parameters = p
    LazyModule(new Gemmini(LoopnestConfigs.found))
  })
})
`;
}

function powerFrom(least: number): number {
  return 2 ** Math.ceil(Math.log2(least) - 1e-9);
}
