import { LoopnestError } from "@loopnest/mapspace";

/** Options of `importTimeloop` as errors name them, and what stands for them on the command line. */
const TERMS: readonly (readonly [program: RegExp, commandLine: string])[] = [
  [/import with ignore: \["(.*?)"\]/, "add --ignore $1"],
  [/(?:give )?(?:energyTable|areaTable): \{.*?\}(?: \(.*?\))?/, "give a table with --energy-table"],
];

/** Runs an import; errors that advise an option of the library advise the one of the command line. */
export function inCommandLineTerms<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof LoopnestError) || error.data.fix === undefined) throw error;
    const fix = TERMS.reduce((text, [program, commandLine]) => text.replace(program, commandLine), error.data.fix);
    throw new LoopnestError({ ...error.data, fix });
  }
}
