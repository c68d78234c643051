import { fileName } from "@loopnest/report";
import { save } from "../files/save.js";
import type { KeptDesign } from "../state/studio.js";

/** Saves a design as a run folder in a zip. */
export async function saveRun(design: KeptDesign): Promise<void> {
  const [{ runFiles }, { strToU8, zipSync }] = await Promise.all([import("./run-files.js"), import("fflate")]);
  const folder = fileName(design.label);
  const files = await runFiles(design);
  const entries = [...files].map(([name, text]) => [`${folder}/${name}`, strToU8(text)] as const);
  save(`${folder}.zip`, zipSync(Object.fromEntries(entries)), "application/zip");
}
