import {
  type ActionCosts,
  accessPrices,
  GREATEST_QUANTITY,
  type LevelActions,
  LoopnestError,
  similarNames,
} from "@loopnest/mapspace";
import { constantPrice, type EnergyTable, type PricedLevel } from "./energy-table.js";

/**
 * A table of fixed numbers per action, whatever the sizes (their derivatives are 0) and the MAC's word width.
 *
 * It has areas if every level and the MAC give one; otherwise all areas are 0 and `hasAreas` is false.
 *
 * @throws LoopnestError `input` if a number is negative, or above `GREATEST_QUANTITY`.
 */
export function tableFromActions(costs: ActionCosts): EnergyTable {
  const { levels, mac } = costs;
  const hasAreas = mac.areaUm2 !== undefined && Object.values(levels).every(({ areaUm2 }) => areaUm2 !== undefined);
  for (const [name, actions] of Object.entries(levels)) checkActions(name, actions);
  nonNegative("mac.energyPj", mac.energyPj);
  nonNegative("mac.areaUm2", mac.areaUm2 ?? 0);
  const byName = new Map(Object.entries(levels));
  const entry = (level: PricedLevel): LevelActions => {
    const found = byName.get(level.name);
    if (found === undefined) throw missingLevel(level.name, [...byName.keys()]);
    return found;
  };
  return {
    name: costs.name ?? "actions",
    description: "fixed energy per action of every level",
    source: costs.source ?? "numbers given by the user",
    hasAreas,
    vectorAccessPj(level, _rows, _widthBits, out) {
      constantPrice(accessPrices(entry(level)).energyPerVectorAccessPj, out);
    },
    parts(level) {
      const { leakPjPerCycle = 0, ...actions } = entry(level);
      const { readWeight, fillWeight, updateWeight } = accessPrices(actions);
      return { readWeight, fillWeight, updateWeight, leakPjPerCycle };
    },
    areaUm2(level, _rows, _widthBits, out) {
      const { areaUm2 = 0 } = entry(level);
      constantPrice(hasAreas ? areaUm2 : 0, out);
    },
    macEnergyPj: () => mac.energyPj,
    macAreaUm2: () => (hasAreas ? mac.areaUm2! : 0),
  };
}

function checkActions(name: string, actions: LevelActions): void {
  const {
    energyPerVectorAccessPj: alike,
    readEnergyPj = alike,
    fillEnergyPj = alike,
    updateEnergyPj = alike,
  } = actions;
  if (readEnergyPj === undefined || fillEnergyPj === undefined || updateEnergyPj === undefined) {
    throw new LoopnestError({
      code: "input",
      path: `levels.${name}`,
      problem: `${name} has no energy of every kind of access`,
      fix: "give energyPerVectorAccessPj, or readEnergyPj, fillEnergyPj and updateEnergyPj",
      level: name,
    });
  }
  for (const [field, value] of Object.entries(actions)) nonNegative(`levels.${name}.${field}`, value);
}

function missingLevel(level: string, names: readonly string[]): LoopnestError {
  const similar = similarNames(level, names);
  return new LoopnestError({
    code: "input",
    path: `levels.${level}`,
    problem: `the energy table has no level ${level}`,
    fix: similar.length > 0 ? `rename ${similar[0]} to ${level}` : `add it beside ${names.join(", ")}`,
    level,
    expected: level,
    got: names,
  });
}

function nonNegative(path: string, value: number): void {
  if (value >= 0 && value <= GREATEST_QUANTITY) return;
  throw new LoopnestError({
    code: "input",
    path,
    problem: `${value} is no cost`,
    fix: `give a number from 0 to ${GREATEST_QUANTITY}`,
    got: value,
  });
}
