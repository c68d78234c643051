import { builtInTarget, builtInWorkload, nearestSize, targetNames, workloadNames } from "@loopnest/mapspace";
import { mappingFrom, mappingText } from "./mapping-text.js";
import { defaultHardware, firstStudio, type Studio, type View, views } from "./studio.js";

/**
 * What a link shares: room, built-in network and target, sizes that are not the default, the layer and its mapping.
 * Empty where the network, the target or its prices are a file of one's own, which no link can hold.
 */
export function urlOf({ view, network, target, layer, drawing }: Studio): string {
  if (network.builtIn === null || target.builtIn === null || target.energyTable !== undefined) return "";
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
  const { problem } = workload.layers[layer]!;
  const mapping = mappingFrom(given.get("map") ?? "", {
    levels: target.levels.map(({ name: level }) => level),
    dims: Object.keys(problem.dims),
    tensors: problem.tensors.map((tensor) => tensor.name),
  });
  return {
    ...firstStudio(),
    view: views.includes(view) ? view : "network",
    network: { workload, builtIn: { name, sizes: {} } },
    target: { target, builtIn: targetName },
    layer,
    drawing: { hardware, mappings: mapping === null ? {} : { [layer]: mapping } },
  };
}
