import type { Operation } from "../../operation/operation.js";
import type { Rule } from "../../operation/rule.js";
import type { Size } from "../../values/value.js";

/** `Resize` and `Upsample`: to given sizes, or by given scales. */
export const Resize: Rule = (operation) => {
  const { shape } = operation.input(0);
  const isUpsample = operation.node.operator === "Upsample";
  const [scalesAt, sizesAt] = isUpsample ? [1, -1] : operation.inputs.length === 2 ? [1, -1] : [2, 3];
  const scales = operation.optional(scalesAt)?.data ?? givenScales(operation);
  const sizes = sizesAt < 0 ? null : operation.integers(sizesAt, "sizes");
  const axes = operation.ints("axes")?.map((axis) => operation.axis(axis, shape!.length)) ?? shape!.map((_, k) => k);
  const hasSizes = sizes !== null && sizes.length > 0;
  const kept = hasSizes
    ? keptAspect(
        operation,
        axes.map((axis) => shape![axis]!),
        sizes,
      )
    : null;
  const resized = shape!.map((size, axis) => {
    const i = axes.indexOf(axis);
    if (i < 0) return size;
    if (kept !== null) return kept[i]!;
    const scale = scales?.[i] ?? null;
    // Scales are single-precision numbers: 2/3 of 3 is to be 2, not 1.
    return size === null || scale === null ? null : Math.floor(size * scale + 1e-5 * scale);
  });
  return { kind: "movement", outputs: [operation.output(resized)] };
};

/** Scales in attributes, as the first versions of `Upsample` had them. */
function givenScales(operation: Operation): readonly number[] | null {
  if (!operation.has("height_scale")) return operation.floats("scales");
  return [1, 1, operation.float("height_scale", 1), operation.float("width_scale", 1)];
}

/**
 * Given sizes, all scaled alike if the model asks for it: by the smallest scale, so that none is exceeded, or by the
 * largest.
 */
function keptAspect(operation: Operation, from: readonly Size[], sizes: readonly Size[]): readonly Size[] {
  const policy = operation.text("keep_aspect_ratio_policy", "stretch");
  if (policy === "stretch") return sizes;
  if (from.includes(null) || sizes.includes(null)) return sizes.map(() => null);
  const scales = sizes.map((size, i) => size! / from[i]!);
  const scale = policy === "not_larger" ? Math.min(...scales) : Math.max(...scales);
  return from.map((size) => Math.round(size! * scale));
}

export const Upsample = Resize;
