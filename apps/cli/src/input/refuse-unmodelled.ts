import { LoopnestError, type Workload } from "@loopnest/mapspace";
import { unmodelledText } from "@loopnest/report";

/**
 * What `--strict` asks for: a network of which everything is in the figures.
 *
 * @throws LoopnestError `unsupported` if operators are not known, or not counted.
 */
export function refuseUnmodelled({ name, unmodelled = [] }: Workload): void {
  if (unmodelled.length === 0) return;
  throw new LoopnestError({
    code: "unsupported",
    path: name,
    problem: `not all of it is modelled: ${unmodelled.map(unmodelledText).join("; ")}`,
    fix: "export the model with other operators, or leave out --strict",
    got: unmodelled.map(({ operator }) => operator),
  });
}
