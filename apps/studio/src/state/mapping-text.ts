import type { LevelMapping, Mapping } from "@loopnest/mapspace";

/** Before an entry of the level before: a store node more. */
const AGAIN = "~";

/**
 * `K4.C2-K16X-Weights.Inputs` for each level, outermost first, with `/` between: loops in time, unrolled ones, kept
 * tensors. A level that stands several times has a `~` before its second and every later entry.
 */
export function mappingText(mapping: Mapping): string {
  return mapping
    .map(({ level, temporal, spatial, keeps }, n) => {
      const text = [
        temporal.map(([dim, factor]) => `${dim}${factor}`).join("."),
        spatial.map(([dim, factor, axis]) => `${dim}${factor}${axis}`).join("."),
        keeps.join("."),
      ].join("-");
      return mapping[n - 1]?.level === level ? AGAIN + text : text;
    })
    .join("/");
}

/** What a mapping of a link may name. */
export interface Names {
  /** Outermost first. */
  readonly levels: readonly string[];
  readonly dims: readonly string[];
  readonly tensors: readonly string[];
}

/** `null` for a text that is no mapping of these levels, dimensions and tensors. */
export function mappingFrom(text: string, names: Names): Mapping | null {
  const parts = text.split("/");
  let level = -1;
  const mapping = parts.map((part): LevelMapping | null => {
    const again = part.startsWith(AGAIN);
    if (!again) level++;
    const name = names.levels[level];
    return name === undefined ? null : entryFrom(again ? part.slice(AGAIN.length) : part, name, names);
  });
  return level === names.levels.length - 1 && mapping.every((own) => own !== null) ? mapping : null;
}

function entryFrom(text: string, level: string, { dims, tensors }: Names): LevelMapping | null {
  const [temporal, spatial, keeps, ...more] = text.split("-").map((own) => own.split(".").filter(Boolean));
  if (keeps === undefined || more.length > 0 || !keeps.every((name) => tensors.includes(name))) return null;
  const inTime = temporal!.map((loop) => /^(\D+?)(\d{1,15})$/.exec(loop));
  const unrolled = spatial!.map((loop) => /^(\D+?)(\d{1,15})([XY])$/.exec(loop));
  const isLoop = (found: RegExpExecArray | null) => found !== null && dims.includes(found[1]!) && Number(found[2]) > 0;
  if (![...inTime, ...unrolled].every(isLoop)) return null;
  return {
    level,
    temporal: inTime.map((found) => [found![1]!, Number(found![2])] as const),
    spatial: unrolled.map((found) => [found![1]!, Number(found![2]), found![3] as "X" | "Y"] as const),
    keeps,
  };
}
