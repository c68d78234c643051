import type { Target } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import { objectiveUnit } from "@loopnest/optimizers";
import { quantity } from "@loopnest/report";
import { Failure } from "../errors/failure.js";
import { fingerprint } from "../files/fingerprint.js";
import { displayName, readText } from "../files/read-text.js";
import { targetInput } from "../input/target-input.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { type Certificate, certificateSchema, certifiedSpace, questionOf } from "./certificate-file.js";
import { checkCertificate } from "./check/check-certificate.js";

/** Most faults that are listed. */
const MOST_FAULTS = 20;

/**
 * `loopnest evaluate --certificate`: checks every claim of a certificate with the exact model, without the search.
 *
 * @param form Its `target`, if given, is the one that the certificate must be about.
 * @throws Failure if a claim does not hold; LoopnestError `input` for a file of another form, `unsupported` if there is
 * too much to check.
 */
export async function checkCertificateFile(
  file: string,
  form: OutputForm & { readonly target?: string },
): Promise<void> {
  const source = new SourceText(await readText(file), { file: displayName(file), format: "json" });
  const claims = validate(source, certificateSchema);
  const { inputs, value, unit, lowerBound, boxes, space } = claims;
  const wanted = form.target === undefined ? null : await targetInput(form.target);
  const faults =
    wanted !== null && !same(wanted, inputs.target)
      ? [`target: it is about ${inputs.target.name} as it stands in the certificate, not about ${wanted.name}`]
      : [...wordFaults(claims), ...checkCertificate(questionOf(claims), claims)];
  const holds = faults.length === 0;
  const checked = { certificate: file, holds, space, value, unit, lowerBound, boxes: boxes.length, faults };
  const text = () => {
    if (!holds) return "";
    const gap = value / lowerBound - 1;
    const far = gap < 1e-9 ? "is the optimum" : `is at most ${(100 * gap).toPrecision(2)} % above the optimum`;
    return `${file}: holds: ${quantity(value)} ${unit} ${far}\nproven of ${space}; ${boxes.length} boxes checked\n`;
  };
  printData(form, { document: () => checked, lines: () => [checked], text });
  if (holds) return;
  const listed = faults.slice(0, MOST_FAULTS).map((fault) => `  ${fault}`);
  if (faults.length > MOST_FAULTS) listed.push(`  ... and ${faults.length - MOST_FAULTS} more`);
  throw new Failure(`${file} does not hold:\n${listed.join("\n")}`);
}

/** What a certificate says in words must be what it says in numbers: words are what people read. */
function wordFaults({ space, unit, objective, inputs, fixed, design }: Certificate): string[] {
  const names = (layers: readonly { readonly name: string }[]) => layers.map(({ name }) => name).join(", ");
  const words = [
    ["space", space, certifiedSpace({ inputs, fixed })],
    ["unit", unit, objectiveUnit(objective.name)],
    ["design: layers", names(design.layers), names(inputs.workload.layers.map(({ problem }) => problem))],
  ] as const;
  return words.flatMap(([what, said, is]) => (said === is ? [] : [`${what}: it says "${said}", it is "${is}"`]));
}

function same(a: Target, b: Target): boolean {
  return fingerprint(sorted(a)) === fingerprint(sorted(b));
}

/** Fields in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, own]) => [name, sorted(own)]));
}
