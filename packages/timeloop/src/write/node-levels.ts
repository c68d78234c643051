import { type Architecture, isUneven, type Mapping, nodeLevels, type StorageLevel } from "@loopnest/mapspace";

/**
 * A machine in which every store node of a mapping is a level of its own, `Scratchpad_1` outside
 * `Scratchpad_2`: Timeloop has one place for the tiles of a level. Nodes have the words, prices and ports of
 * their level each; the last one has its area and its wires. What an even mapping needs stays as it is.
 */
export function nodeLevelsOf({ architecture, mapping }: { architecture: Architecture; mapping: Mapping }): {
  architecture: Architecture;
  mapping: Mapping;
} {
  if (!isUneven(mapping)) return { architecture, mapping };
  const levelOf = nodeLevels(
    architecture.levels.map(({ name }) => name),
    mapping,
  );
  const taken = new Set(architecture.levels.map(({ name }) => name));
  const names = mapping.map(({ level }, i) => {
    if (levelOf.indexOf(levelOf[i]!) === levelOf.lastIndexOf(levelOf[i]!)) return level;
    let name = `${level}_${i - levelOf.indexOf(levelOf[i]!) + 1}`;
    while (taken.has(name)) name += "_";
    taken.add(name);
    return name;
  });
  const levels = levelOf.map((l, i): StorageLevel => {
    const { network, ...level } = architecture.levels[l]!;
    const own = { ...level, name: names[i]!, keeps: mapping[i]!.keeps };
    return levelOf[i + 1] === l ? { ...own, areaPerInstanceUm2: 0 } : { ...own, ...(network && { network }) };
  });
  return {
    architecture: { ...architecture, levels },
    mapping: mapping.map((entry, i) => ({ ...entry, level: names[i]! })),
  };
}
