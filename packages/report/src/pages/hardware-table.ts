import { accessPrices, type Bandwidth, type StorageLevel } from "@loopnest/mapspace";
import { quantity, whole } from "../numbers/number-format.js";
import type { RunView } from "../run/run-view.js";
import { htmlTable } from "../tables/html-table.js";
import { numbers } from "../tables/table.js";

/** Every level with what it holds, its sizes, bandwidth, energy and area; the MAC units last. */
export function hardwareTable({ architecture: { levels, compute } }: RunView): string {
  const area = (um2: number) => (um2 > 0 ? quantity(um2 / 1e6) : "");
  return htmlTable(
    [
      ...[{ title: "level" }, { title: "holds" }, numbers("instances"), numbers("words each")],
      ...[numbers("bits a word"), numbers("words a cycle")],
      ...[numbers("words an access"), numbers("pJ an access"), numbers("area, mm2")],
    ],
    [
      ...levels.map((level) => [
        ...[
          level.name,
          level.keeps.join(", "),
          whole(level.instances),
          limit(level.capacityWords),
          String(level.wordBits),
        ],
        portsText(level.bandwidthWordsPerCycle),
        ...[whole(level.blockSize), accessPj(level), area(level.areaPerInstanceUm2 * level.instances)],
      ]),
      [
        "MAC units",
        "",
        whole(compute.instances),
        "",
        "",
        "",
        "",
        quantity(compute.energyPj),
        area(compute.areaPerInstanceUm2 * compute.instances),
      ],
    ],
  );
}

function limit(value: number | null): string {
  return value === null ? "no limit" : quantity(value);
}

/** Energy of one vector access: of a read, a fill and an update where they differ. */
function accessPj(level: StorageLevel): string {
  const { energyPerVectorAccessPj, readWeight, fillWeight, updateWeight } = accessPrices(level);
  if (readWeight === fillWeight && fillWeight === updateWeight) return quantity(energyPerVectorAccessPj);
  return [readWeight, fillWeight, updateWeight].map((weight) => quantity(weight * energyPerVectorAccessPj)).join(" / ");
}

/** Words a cycle of one instance. */
function portsText(bandwidth: Bandwidth): string {
  if (bandwidth === null) return limit(null);
  if ("shared" in bandwidth) return limit(bandwidth.shared);
  const read = "read" in bandwidth ? [`${quantity(bandwidth.read)} out`] : [];
  const write = "write" in bandwidth ? [`${quantity(bandwidth.write)} in`] : [];
  return [...read, ...write].join(", ");
}
