import { type ActionCosts, type Hardware, type Mapping, nearestSize } from "@loopnest/mapspace";
import { beginSearch, type SearchState } from "./search-state.js";
import {
  type ChosenNetwork,
  type ChosenTarget,
  type Drawing,
  defaultHardware,
  type KeptDesign,
  type Studio,
  type View,
} from "./studio.js";

/** Steps that undo goes back. */
const MOST_STEPS = 200;

/** A step from one state to the next. */
export type Transition = (studio: Studio) => Studio;

export const goTo =
  (view: View) =>
  (studio: Studio): Studio => ({ ...studio, view });

/** Another network: mappings of the one before mean nothing to it. */
export const chooseNetwork =
  (network: ChosenNetwork) =>
  (studio: Studio): Studio => ({
    ...studio,
    network,
    layer: 0,
    ...afresh({ ...studio.drawing, mappings: {} }),
  });

/** Another machine, as it was built. */
export const chooseTarget =
  (target: ChosenTarget) =>
  (studio: Studio): Studio => ({
    ...studio,
    target,
    ...afresh({ hardware: defaultHardware(target.target), mappings: {} }),
  });

/** Other prices of the same machine; `null` for the built-in table that its target names. Sizes and mappings stay. */
export const priceBy =
  (energyTable: ActionCosts | null) =>
  (studio: Studio): Studio => {
    const { target, builtIn } = studio.target;
    const priced = energyTable === null ? { target, builtIn } : { target, builtIn, energyTable };
    // Another object for the same sizes: mappings that were found for the prices before are none of these.
    return { ...studio, target: priced, drawing: { ...studio.drawing, hardware: { ...studio.drawing.hardware } } };
  };

export const chooseLayer =
  (layer: number) =>
  (studio: Studio): Studio => ({ ...studio, layer });

/** Another mapping of the layer that is looked at. */
export const drawMapping =
  (mapping: Mapping) =>
  (studio: Studio): Studio =>
    draw(studio, {
      ...studio.drawing,
      mappings: { ...studio.drawing.mappings, [studio.layer]: mapping },
    });

/** Another value of a size: the nearest that it takes. */
export const drawSize =
  (name: string, value: number) =>
  (studio: Studio): Studio => {
    const size = studio.target.target.sizes.find((own) => own.name === name);
    if (size === undefined || !Number.isFinite(value)) return studio;
    const nearest = nearestSize(size, value);
    if (nearest === studio.drawing.hardware[name]) return studio;
    return draw(studio, { ...studio.drawing, hardware: { ...studio.drawing.hardware, [name]: nearest } });
  };

/** A whole design: hardware, and a mapping for every layer. */
export const drawDesign =
  (hardware: Hardware, mappings: readonly Mapping[]) =>
  (studio: Studio): Studio =>
    draw(studio, { hardware: { ...studio.drawing.hardware, ...hardware }, mappings: { ...mappings } });

export const undo: Transition = (studio) => {
  const before = studio.past.at(-1);
  if (before === undefined) return studio;
  const future = [studio.drawing, ...studio.future];
  return { ...studio, drawing: before, past: studio.past.slice(0, -1), future };
};

export const redo: Transition = (studio) => {
  const [after, ...future] = studio.future;
  if (after === undefined) return studio;
  return { ...studio, drawing: after, past: [...studio.past, studio.drawing], future };
};

/** Pins a mapping of the layer to compare with. */
export const pin =
  (mapping: Mapping) =>
  (studio: Studio): Studio => ({
    ...studio,
    pinned: { layer: studio.layer, mapping, hardware: studio.drawing.hardware },
  });

export const unpin: Transition = (studio) => ({ ...studio, pinned: null });

/** Keeps a design; its label gets a number if there is one of that name. */
export const keepDesign =
  (design: KeptDesign) =>
  (studio: Studio): Studio => {
    const labels = studio.designs.map(({ label }) => label);
    let label = design.label;
    for (let n = 2; labels.includes(label); n++) label = `${design.label} (${n})`;
    return { ...studio, designs: [...studio.designs, { ...design, label }] };
  };

/** News of a search; the first one gets one that has just begun. */
export const tellSearch =
  (change: (search: SearchState) => SearchState) =>
  (studio: Studio): Studio => ({ ...studio, search: change(studio.search ?? beginSearch("edp")) });

export const dropDesign =
  (label: string) =>
  (studio: Studio): Studio => ({
    ...studio,
    designs: studio.designs.filter((design) => design.label !== label),
  });

/** Puts a kept design on the table: its network, machine, sizes and mappings. */
export const openDesign =
  ({ network, target, result }: KeptDesign) =>
  (studio: Studio): Studio => ({
    ...studio,
    network,
    target,
    layer: 0,
    ...afresh({
      hardware: { ...defaultHardware(target.target), ...result.hardware },
      mappings: { ...result.layers.map(({ mapping }) => mapping) },
    }),
  });

function draw(studio: Studio, drawing: Drawing): Studio {
  return { ...studio, drawing, past: [...studio.past.slice(1 - MOST_STEPS), studio.drawing], future: [] };
}

/** A drawing that nothing leads back from. */
function afresh(drawing: Drawing): Pick<Studio, "drawing" | "past" | "future" | "pinned"> {
  return { drawing, past: [], future: [], pinned: null };
}
