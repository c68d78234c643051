import type * as z from "zod";

/** Reports every tensor whose bits a level says but which it does not keep. */
export function checkLevelBits(
  levels: readonly { readonly name: string; readonly keeps: readonly string[]; readonly bits?: object }[],
  context: z.core.$RefinementCtx,
): void {
  levels.forEach(({ name, keeps, bits = {} }, l) => {
    for (const tensor of Object.keys(bits)) {
      if (keeps.includes(tensor)) continue;
      context.addIssue({
        code: "custom",
        path: ["levels", l, "bits", tensor],
        message: `${name} does not keep ${tensor}`,
        params: { fix: keeps.length === 0 ? "leave it out" : `use one of ${keeps.join(", ")}` },
        input: tensor,
      });
    }
  });
}
