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
  /**
   * loopnest charges reads, fills and updates alike: where they differ, with the largest of the three, as Timeloop
   * itself did before it told them apart. This is noted unless `max` is given; `error` refuses it.
   */
  readonly unequalEnergies?: "error" | "max";
}

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

  /** @throws LoopnestError `input` if there is no energy, `unsupported` if reads and writes differ. */
  vectorAccessPj(component: CostedComponent): number {
    const actions = [
      ["random_read", "read"],
      ["random_fill", "write"],
      ["random_update", "update", "write"],
    ];
    return this.#energyPj(component, actions, "vector-access-energy");
  }

  /** @throws LoopnestError `input` if there is no energy. */
  macPj(component: CostedComponent): number {
    return this.#energyPj(component, [["random_compute", "compute", "mac_random", "mac"]], "energy");
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

  #energyPj(component: CostedComponent, actions: readonly string[][], attribute: string): number {
    const { name, field } = component;
    const { energyTable } = this.#options;
    const energy =
      own(energyTable, name) ?? this.#fromErt(name, actions) ?? component.attribute?.amount() ?? energyTable?.["*"];
    if (energy !== undefined) return energy;
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
  #fromErt(name: string, actions: readonly string[][]): number | undefined {
    const entry = this.#ert.get(name);
    if (entry === undefined || entry.energyPj.size === 0) return undefined;
    const found = actions.map((names) => names.find((action) => entry.energyPj.has(action)));
    const fallback = Math.max(...entry.energyPj.values());
    const energies = found.map((action) => (action === undefined ? fallback : entry.energyPj.get(action)!));
    const most = Math.max(...energies);
    const { unequalEnergies } = this.#options;
    if (energies.every((energy) => energy === most) || unequalEnergies === "max") return most;
    const list = found.map((action, i) => `${action ?? "any action"} ${energies[i]} pJ`).join(", ");
    if (unequalEnergies === undefined) {
      entry.field.note(`${name} has different energies: ${list}; all accesses are charged ${most} pJ`);
      return most;
    }
    return entry.field.unsupported(
      `${name} has different energies: ${list}`,
      `loopnest charges reads, fills and updates alike: import with unequalEnergies "max", or give energyTable: ` +
        `{ "${name}": pJ }`,
      { level: name },
    );
  }
}
