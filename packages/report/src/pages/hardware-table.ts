import { quantity, whole } from "../numbers/number-format.js";
import type { RunView } from "../run/run-view.js";
import { htmlTable } from "../tables/html-table.js";
import { numbers } from "../tables/table.js";

/** Every level with what it holds, its sizes, bandwidth, energy and area; the MAC units last. */
export function hardwareTable({ architecture: { levels, compute } }: RunView): string {
  const limit = (value: number | null) => (value === null ? "no limit" : quantity(value));
  const area = (um2: number) => (um2 > 0 ? quantity(um2 / 1e6) : "");
  return htmlTable(
    [
      ...[{ title: "level" }, { title: "holds" }, numbers("instances"), numbers("words each")],
      ...[numbers("bits a word"), numbers("words a cycle")],
      ...[numbers("words an access"), numbers("pJ an access"), numbers("area, mm2")],
    ],
    [
      ...levels.map(({ bandwidthWordsPerCycle: bandwidth, ...level }) => [
        ...[
          level.name,
          level.keeps.join(", "),
          whole(level.instances),
          limit(level.capacityWords),
          String(level.wordBits),
        ],
        bandwidth === null || "shared" in bandwidth
          ? limit(bandwidth?.shared ?? null)
          : `${quantity(bandwidth.read)} out, ${quantity(bandwidth.write)} in`,
        ...[
          whole(level.blockSize),
          quantity(level.energyPerVectorAccessPj),
          area(level.areaPerInstanceUm2 * level.instances),
        ],
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
