import { type OutputForm, printData } from "../terminal/print-data.js";
import { builtFiles } from "./built-files.js";
import { openBrowser } from "./open-browser.js";
import { openedFiles } from "./opened-files.js";
import { serveStudio } from "./serve-studio.js";
import { writeStudio } from "./write-studio.js";

export interface StudioOptions extends OutputForm {
  readonly port?: number;
  readonly open: boolean;
  readonly output?: string;
}

/**
 * `loopnest studio`: serves the page until Ctrl-C, to this machine alone; or writes its files.
 *
 * @throws LoopnestError `input` for a file that is not there; Failure if the program was built without its studio.
 */
export async function studio(
  files: readonly string[],
  { port = 0, open, output, ...form }: StudioOptions,
): Promise<void> {
  const built = await builtFiles();
  const opened = await openedFiles(files);
  if (output !== undefined) {
    const written = await writeStudio(output, built, opened);
    const records = written.map((file) => ({ file }));
    const text = () => `the studio is in ${output}: ${written.length} files, for any web host\n`;
    return printData(form, { document: () => records, lines: () => records, text });
  }
  const served = await serveStudio(built, opened, port);
  const { url } = served;
  printData(form, { document: () => ({ url }), lines: () => [{ url }], text: () => `${url}\n` });
  process.stderr.write("only this machine can see it; Ctrl-C ends it\n");
  if (open) openBrowser(url);
  await served.ended;
}
