import type { Shape, Size } from "../values/value.js";
import type { Operation } from "./operation.js";

/** The shape to which several are broadcast; null if a rank is not known. */
export function broadcast(operation: Operation, shapes: readonly (Shape | null)[]): Shape | null {
  if (shapes.some((shape) => shape === null)) return null;
  const rank = shapes.reduce((most, shape) => Math.max(most, shape!.length), 0);
  return Array.from({ length: rank }, (_, axis) => {
    let size: Size = 1;
    for (const shape of shapes) {
      const own = shape![axis - rank + shape!.length] ?? (axis - rank + shape!.length < 0 ? 1 : null);
      if (own === 1 || own === size) continue;
      if (size === 1) size = own;
      else if (own !== null && size === null) size = own;
      else if (own !== null && size !== null) {
        const text = shapes.map((each) => `[${each!.map((each) => each ?? "?").join(", ")}]`).join(" and ");
        operation.fail(`${text} do not go together`, "check the sizes given for the inputs");
      }
    }
    return size;
  });
}
