import { quantity, whole } from "../numbers/number-format.js";
import type { RunView } from "../run/run-view.js";
import { table } from "./figure.js";

/** Every level with what it holds, its sizes, bandwidth, energy and area; the MAC units last. */
export function hardwareTable({ architecture: { levels, compute } }: RunView): string {
  const number = true;
  const limit = (value: number | null) => (value === null ? "no limit" : quantity(value));
  const area = (um2: number) => (um2 > 0 ? quantity(um2 / 1e6) : "");
  return table(
    [
      ...[{ title: "level" }, { title: "holds" }, { title: "instances", number }, { title: "words each", number }],
      ...[
        { title: "bits a word", number },
        { title: "words a cycle", number },
      ],
      ...[
        { title: "words an access", number },
        { title: "pJ an access", number },
        { title: "area, mm2", number },
      ],
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
