import type * as z from "zod";
import type { LevelTemplate } from "../hardware/target.js";

/** Limits on factors are on loops that the level may have, each on one, and leave a factor. */
export function checkFactorLimits(levels: readonly LevelTemplate[], context: z.RefinementCtx): void {
  levels.forEach(({ name, space }, level) => {
    const { temporal, spatialX, spatialY, factors = [] } = space;
    const seen = new Set<string>();
    factors.forEach(({ dim, kind, least = 1, most = Number.POSITIVE_INFINITY }, i) => {
      const issue = (part: string[], message: string, fix: string, input: unknown) =>
        context.addIssue({
          ...{ code: "custom", path: ["levels", level, "space", "factors", i, ...part], message },
          ...{ params: { fix }, input },
        });
      const allowed = kind === "X" ? spatialX : kind === "Y" ? spatialY : temporal;
      if (allowed !== "all" && !allowed.includes(dim)) {
        issue(["dim"], `${name} has no ${kind} loop of ${dim}`, `limit one of ${allowed.join(", ") || "none"}`, dim);
      }
      if (seen.has(`${kind} ${dim}`)) issue([], `a second limit on the ${kind} loop of ${dim}`, "give one", dim);
      seen.add(`${kind} ${dim}`);
      if (least > most) issue(["most"], `${most} is below the least factor ${least}`, `give at least ${least}`, most);
    });
  });
}
