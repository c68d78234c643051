import {
  builtInTarget,
  builtInWorkload,
  type LevelMapping,
  type Mapping,
  nearestSize,
  targetNames,
  workloadNames,
} from "@loopnest/mapspace";
import { defaultHardware, firstStudio, type Studio, type View, views } from "./studio.js";

/**
 * What a link shares: room, built-in network and target, sizes that are not the default, the layer and its mapping.
 * Empty where the network or the target is a file of one's own, which no link can hold.
 */
export function urlOf({ view, network, target, layer, drawing }: Studio): string {
  if (network.builtIn === null || target.builtIn === null) return "";
  const defaults = defaultHardware(target.target);
  const sizes = Object.entries(drawing.hardware).filter(([name, value]) => value !== defaults[name]);
  const mapping = drawing.mappings[layer];
  const parts: [string, string][] = [
    ["view", view],
    ["network", network.builtIn.name],
    ["target", target.builtIn],
    ...(layer > 0 ? [["layer", String(layer)] as [string, string]] : []),
    ...sizes.map(([name, value]): [string, string] => [`size.${name}`, String(value)]),
    ...(mapping === undefined ? [] : [["map", mappingText(mapping)] as [string, string]]),
  ];
  return `#${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}

/** The state that a link leads to; `null` if it names none. What it says that nothing knows is left out. */
export function studioOf(hash: string): Studio | null {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const [name, targetName] = [given.get("network") ?? "", given.get("target") ?? ""];
  if (!workloadNames.includes(name) || !targetNames.includes(targetName)) return null;
  const workload = builtInWorkload(name);
  const target = builtInTarget(targetName);
  const view = given.get("view") as View;
  const number = Number(given.get("layer"));
  const layer = Number.isInteger(number) && number >= 0 && number < workload.layers.length ? number : 0;
  const hardware = { ...defaultHardware(target) };
  for (const size of target.sizes) {
    const value = Number(given.get(`size.${size.name}`) ?? "nothing");
    if (Number.isFinite(value)) hardware[size.name] = nearestSize(size, value);
  }
  const names = target.levels.map(({ name: level }) => level);
  const tensors = workload.layers[layer]!.problem.tensors.map((tensor) => tensor.name);
  const mapping = mappingFrom(
    given.get("map") ?? "",
    names,
    Object.keys(workload.layers[layer]!.problem.dims),
    tensors,
  );
  return {
    ...firstStudio(),
    view: views.includes(view) ? view : "network",
    network: { workload, builtIn: { name, sizes: {} } },
    target: { target, builtIn: targetName },
    layer,
    drawing: { hardware, mappings: mapping === null ? {} : { [layer]: mapping } },
  };
}

/**
 * `K4.C2-K16X-Weights.Inputs` for each level, outermost first, with `/` between: loops in time, unrolled ones, kept
 * tensors.
 */
function mappingText(mapping: Mapping): string {
  return mapping
    .map(({ temporal, spatial, keeps }) =>
      [
        temporal.map(([dim, factor]) => `${dim}${factor}`).join("."),
        spatial.map(([dim, factor, axis]) => `${dim}${factor}${axis}`).join("."),
        keeps.join("."),
      ].join("-"),
    )
    .join("/");
}

/** `null` for a text that is no mapping of these levels, dimensions and tensors. */
function mappingFrom(
  text: string,
  levels: readonly string[],
  dims: readonly string[],
  tensors: readonly string[],
): Mapping | null {
  const parts = text.split("/");
  if (parts.length !== levels.length) return null;
  const mapping = parts.map((part, l): LevelMapping | null => {
    const [temporal, spatial, keeps, ...more] = part.split("-").map((own) => own.split(".").filter(Boolean));
    if (keeps === undefined || more.length > 0 || !keeps.every((name) => tensors.includes(name))) return null;
    const inTime = temporal!.map((loop) => /^(\D+?)(\d{1,15})$/.exec(loop));
    const unrolled = spatial!.map((loop) => /^(\D+?)(\d{1,15})([XY])$/.exec(loop));
    if (
      ![...inTime, ...unrolled].every((found) => found !== null && dims.includes(found[1]!) && Number(found[2]) > 0)
    ) {
      return null;
    }
    return {
      level: levels[l]!,
      temporal: inTime.map((found) => [found![1]!, Number(found![2])] as const),
      spatial: unrolled.map((found) => [found![1]!, Number(found![2]), found![3] as "X" | "Y"] as const),
      keeps,
    };
  });
  return mapping.every((own) => own !== null) ? mapping : null;
}
