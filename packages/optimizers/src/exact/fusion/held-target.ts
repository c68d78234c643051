import type { Target } from "@loopnest/mapspace";

/** The target of a layer one of whose tensors is held at a level: nothing outside of it keeps that tensor. */
export function heldTarget(target: Target, home: number, tensor: string): Target {
  return {
    ...target,
    levels: target.levels.map((level, l) => {
      if (l < home) return { ...level, keeps: level.keeps.filter((kept) => kept !== tensor) };
      if (l > home || level.keeps.includes(tensor)) return level;
      return { ...level, keeps: [...level.keeps, tensor] };
    }),
  };
}
