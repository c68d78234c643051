import { type Architecture, accessPrices, type NetworkPrices } from "@loopnest/mapspace";
import type { EnergyTable } from "@loopnest/model-analytical";
import { plainTable, quantity, terminalText } from "@loopnest/report";
import type { PrintedData } from "../terminal/print-data.js";
import { textStyle } from "../terminal/text-style.js";

/** What one instance of a level costs, and the size that its table was asked for. */
interface LevelPrices {
  readonly level: string;
  /** Rows of an instance, `null` where unlimited, and bits of a row: what one access moves. */
  readonly rows: number | null;
  readonly rowBits: number;
  /** One access. */
  readonly readPj: number;
  readonly fillPj: number;
  readonly updatePj: number;
  readonly leakPjPerCycle: number;
  /** Of the wires to the level inside, a word; `null` where they have no price: they are not counted then. */
  readonly network: Required<NetworkPrices> | null;
  /** `null` where the table has no areas. */
  readonly areaUm2: number | null;
}

/** Every price that a run's figures are made of, with the table it is from and where that has its numbers. */
export function explainPrices(run: string, { levels, compute }: Architecture, table: EnergyTable): PrintedData {
  const area = (um2: number) => (table.hasAreas ? um2 : null);
  const prices = levels.map((level): LevelPrices => {
    const { energyPerVectorAccessPj: dearest, readWeight, fillWeight, updateWeight } = accessPrices(level);
    return {
      level: level.name,
      rows: level.capacityWords === null ? null : level.capacityWords / level.blockSize,
      rowBits: level.blockSize * level.wordBits,
      readPj: dearest * readWeight,
      fillPj: dearest * fillWeight,
      updatePj: dearest * updateWeight,
      leakPjPerCycle: level.leakPjPerCycle ?? 0,
      network:
        level.network === undefined
          ? null
          : { hopEnergyPj: 0, routerEnergyPj: 0, ingressEnergyPj: 0, ...level.network },
      areaUm2: area(level.areaPerInstanceUm2),
    };
  });
  const mac = { energyPj: compute.energyPj, areaUm2: area(compute.areaPerInstanceUm2) };
  const { name, description, source } = table;
  const head = [`${name}: ${description}`, `source: ${source}`, ""];
  return {
    document: () => ({ run, energyTable: { name, description, source }, levels: prices, mac }),
    lines: () => [
      ...prices.map((price) => ({ row: "level", ...price, energyTable: name, source })),
      { row: "MAC", ...mac, energyTable: name, source },
    ],
    text: () => `${[...head, pricesTable(prices, mac), ...wireLines(prices)].join("\n")}\n`,
  };
}

function pricesTable(prices: readonly LevelPrices[], mac: { energyPj: number; areaUm2: number | null }): string {
  const titles = ["rows each", "bits a row", "pJ a read", "pJ a fill", "pJ an update", "pJ a cycle", "um2 each"];
  const area = (um2: number | null) => (um2 === null ? "not priced" : quantity(um2));
  return plainTable(
    [{ title: "level" }, ...titles.map((title) => ({ title, align: "right" as const }))],
    [
      ...prices.map(({ level, rows, rowBits, readPj, fillPj, updatePj, leakPjPerCycle, areaUm2 }) => [
        ...[level, rows === null ? "no limit" : quantity(rows), String(rowBits)],
        ...[readPj, fillPj, updatePj].map(quantity),
        ...[leakPjPerCycle === 0 ? "not counted" : quantity(leakPjPerCycle), area(areaUm2)],
      ]),
      ["MAC units", "", "", quantity(mac.energyPj), "", "", "", area(mac.areaUm2)],
    ],
    textStyle().columns,
  );
}

/** Prices of wires are the target's own. */
function wireLines(prices: readonly LevelPrices[]): string[] {
  const priced = prices.flatMap(({ level, network }) => (network === null ? [] : [{ level, ...network }]));
  if (priced.length === 0) return ["", "network energy: not counted"];
  return [
    "",
    "network energy, pJ a word, as the target says it:",
    ...priced.map(
      ({ level, hopEnergyPj, routerEnergyPj, ingressEnergyPj }) =>
        `  below ${terminalText(level)}: ${quantity(hopEnergyPj)} a hop, ${quantity(routerEnergyPj)} a router, ` +
        `${quantity(ingressEnergyPj)} on entering`,
    ),
  ];
}
