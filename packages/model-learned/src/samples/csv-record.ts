import { type LevelMapping, LoopnestError } from "@loopnest/mapspace";
import type { CsvRow } from "./csv-table.js";

const DIMS = ["R", "S", "P", "Q", "C", "K", "N", "G"];
const SIZE = "hardware.";
const EXAMPLE = "DRAM K8 Q28 | Scratchpad K16X | Accumulator P14 C16X | Registers";

/**
 * A row of a table as the record that it stands for (see `readRecord`). Columns: `id`; bounds `R`, `S`, `P`, `Q`, `C`,
 * `K`, `N`, `G`; `strideP`, `strideQ`; `dilationR`, `dilationS`; sizes as `hardware.peDim`; `mapping` (see
 * `mappingFromText`); `cycles`. Only `mapping` must be there; an empty cell is none.
 *
 * @throws LoopnestError `input` for a column that does not exist, a cell that is no number, or a mapping that cannot be
 * read.
 */
export function recordOfRow({ cells }: CsvRow): unknown {
  const dims: Record<string, number> = {};
  const hardware: Record<string, number> = {};
  const numbers: Record<string, number> = {};
  for (const [name, text] of Object.entries(cells)) {
    if (text === "" || name === "id" || name === "mapping") continue;
    const value = Number(text);
    if (!Number.isFinite(value)) throw fault(name, `${text} is not a number`, "give a number", text);
    if (DIMS.includes(name)) dims[name] = value;
    else if (name.startsWith(SIZE)) hardware[name.slice(SIZE.length)] = value;
    else numbers[name] = value;
  }
  if (!cells["mapping"]) throw fault("mapping", "the mapping is missing", `give a column like ${EXAMPLE}`, "");
  const { strideP = 1, strideQ = strideP, dilationR = 1, dilationS = dilationR, cycles, ...unknown } = numbers;
  const [other] = Object.keys(unknown);
  if (other !== undefined) {
    throw fault(
      other,
      `there is no column ${other}`,
      `columns are id, ${DIMS.join(", ")}, strideP, strideQ, dilationR, dilationS, hardware.NAME, mapping, cycles`,
      other,
    );
  }
  return {
    ...(cells["id"] ? { id: cells["id"] } : {}),
    problem: { dims, stride: [strideP, strideQ], dilation: [dilationR, dilationS] },
    mapping: mappingFromText(cells["mapping"]),
    ...(Object.keys(hardware).length > 0 ? { hardware } : {}),
    ...(cycles === undefined ? {} : { cycles }),
  };
}

/**
 * Reads a mapping on one line: levels, outermost first, separated by `|`; of each its name and its loops, outermost
 * first, as dimension and factor, with X or Y behind a spatial one: `DRAM K8 Q28 | Scratchpad K16X | Accumulator P14
 * C16X | Registers`.
 *
 * @throws LoopnestError `input` for a loop that cannot be read.
 */
export function mappingFromText(text: string): LevelMapping[] {
  return text.split("|").map((part) => {
    const [level = "", ...loops] = part.trim().split(/\s+/);
    const temporal: [string, number][] = [];
    const spatial: [string, number, "X" | "Y"][] = [];
    for (const loop of loops) {
      const match = /^([A-Za-z]+?)(\d+)([XY]?)$/.exec(loop);
      if (match === null)
        throw fault("mapping", `cannot read the loop ${loop}`, "write K8, or K8X for a spatial one", loop);
      const [, dim = "", factor, axis] = match;
      if (axis === "X" || axis === "Y") spatial.push([dim, Number(factor), axis]);
      else temporal.push([dim, Number(factor)]);
    }
    return { level, temporal, spatial, keeps: [] };
  });
}

/** The text of a mapping, as `mappingFromText` reads it. */
export function mappingText(mapping: readonly LevelMapping[]): string {
  return mapping
    .map(({ level, temporal, spatial }) =>
      [
        level,
        ...temporal.map(([dim, n]) => `${dim}${n}`),
        ...spatial.map(([dim, n, axis]) => `${dim}${n}${axis}`),
      ].join(" "),
    )
    .join(" | ");
}

function fault(path: string, problem: string, fix: string, got: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix, got });
}
