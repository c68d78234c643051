import type { StorageLevel } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";
import type { SourceFile } from "../yaml/fill-includes.js";
import type { NoteOptions } from "../yaml/note.js";
import { readYaml } from "../yaml/read-yaml.js";
import { type ComponentEntry, readArt, readErt } from "./reference-table.js";

/** Where energies and areas come from, beside the architecture file. */
export interface CostOptions {
  /** Accelergy's energy reference table. */
  readonly ert?: SourceFile;
  /** Accelergy's area reference table. */
  readonly art?: SourceFile;
  /**
   * Energy by component name, pJ of one vector access or one multiply-accumulate; `*` is for all others. Goes before
   * the ERT.
   */
  readonly energyTable?: Readonly<Record<string, number>>;
  /** Area of one instance by component name, um2; `*` is for all others. Goes before the ART. */
  readonly areaTable?: Readonly<Record<string, number>>;
  /** Charges reads, fills and updates alike, with the dearest of the three; apart unless given. */
  readonly unequalEnergies?: "max";
}

/** Energy of a vector access, as a storage level says it. */
export type AccessEnergies = Pick<
  StorageLevel,
  "energyPerVectorAccessPj" | "readEnergyPj" | "fillEnergyPj" | "updateEnergyPj"
>;

/** Names of an action in Accelergy's tables, for a read, a fill and an update: the first that a table has. */
const ACCESSES = [
  ["random_read", "read"],
  ["random_fill", "write"],
  ["random_update", "update", "write"],
];

/** A component whose costs are looked up. */
export interface CostedComponent {
  readonly name: string;
  readonly field: Field;
  /** The attribute that may hold the cost. */
  readonly attribute: Field | undefined;
}

/** An entry of a table; a component may have the name of an object's method. */
function own(table: Readonly<Record<string, number>> | undefined, name: string): number | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Energies and areas of components. */
export class Costs {
  readonly #options: CostOptions;
  readonly #ert: Map<string, ComponentEntry>;
  readonly #art: Map<string, number>;

  constructor(options: CostOptions & NoteOptions) {
    this.#options = options;
    this.#ert =
      options.ert === undefined
        ? new Map()
        : readErt(readYaml(options.ert, options).need("ERT", "an ERT file has ERT: at the top"));
    this.#art =
      options.art === undefined
        ? new Map()
        : readArt(readYaml(options.art, options).need("ART", "an ART file has ART: at the top"));
  }

  /**
   * Energy of a vector access: one for all kinds, or one for each where an ERT has them apart.
   *
   * @throws LoopnestError `input` if there is no energy.
   */
  accessPj(component: CostedComponent): AccessEnergies {
    const energies = this.#energiesPj(component, ACCESSES, "vector-access-energy");
    const dearest = Math.max(...energies);
    if (this.#options.unequalEnergies === "max" || energies.every((energy) => energy === dearest)) {
      return { energyPerVectorAccessPj: dearest };
    }
    const [readEnergyPj, fillEnergyPj, updateEnergyPj] = energies as [number, number, number];
    return { readEnergyPj, fillEnergyPj, updateEnergyPj };
  }

  /** Static energy of one instance in a cycle, pJ: of the ERT, or of the attribute; 0 if neither says it. */
  leakPj(component: CostedComponent): number {
    return this.#ert.get(component.name)?.energyPj.get("leak") ?? component.attribute?.amount() ?? 0;
  }

  /** @throws LoopnestError `input` if there is no energy. */
  macPj(component: CostedComponent): number {
    return Math.max(...this.#energiesPj(component, [["random_compute", "compute", "mac_random", "mac"]], "energy"));
  }

  /** Whether a table gives the area of a component by its name. */
  hasArea(name: string): boolean {
    return own(this.#options.areaTable, name) !== undefined || this.#art.has(name);
  }

  /** @throws LoopnestError `input` if there is no area. */
  areaUm2(component: CostedComponent, attribute: string): number {
    const { areaTable } = this.#options;
    const area =
      own(areaTable, component.name) ??
      this.#art.get(component.name) ??
      component.attribute?.amount() ??
      areaTable?.["*"];
    if (area !== undefined) return area;
    return component.field.fail(
      `there is no area for ${component.name}`,
      `give an ART, the attribute ${attribute}, or areaTable: { "${component.name}": um2 } ("*" is for all others)`,
      { level: component.name },
    );
  }

  /** Energy by action. */
  #energiesPj(component: CostedComponent, actions: readonly string[][], attribute: string): readonly number[] {
    const { name, field } = component;
    const { energyTable } = this.#options;
    const alike = (energy: number | undefined) => (energy === undefined ? undefined : actions.map(() => energy));
    const energies =
      alike(own(energyTable, name)) ??
      this.#fromErt(name, actions) ??
      alike(component.attribute?.amount() ?? energyTable?.["*"]);
    if (energies !== undefined) return energies;
    return field.fail(
      `there is no energy for ${name}`,
      `give an ERT, the attribute ${attribute}, or energyTable: { "${name}": pJ } ("*" is for all others)`,
      { level: name },
    );
  }

  /**
   * Energy by the first action of each list that the table has; by the most expensive one if it has none, as Timeloop
   * does.
   */
  #fromErt(name: string, actions: readonly string[][]): readonly number[] | undefined {
    const energies = this.#ert.get(name)?.energyPj;
    if (energies === undefined || energies.size === 0) return undefined;
    const dearest = Math.max(...[...energies].flatMap(([action, energy]) => (action === "leak" ? [] : [energy])), 0);
    return actions.map((names) => {
      const found = names.find((action) => energies.has(action));
      return found === undefined ? dearest : energies.get(found)!;
    });
  }
}
