/** Learned models that come with the program. */
export const modelNames = ["gemmini-rtl"] as const;

/** Whether a name is that of a module. */
export function isModuleName(given: string): boolean {
  return !given.startsWith(PROGRAM_PREFIX) && /\.m?js$/i.test(given);
}

/** What begins the name of a program that is asked. */
export const PROGRAM_PREFIX = "exec:";

/** Whether a model is somebody's own: a module's or a program's, not a learned one. */
export function isOwnModel(given: string): boolean {
  return isModuleName(given) || given.startsWith(PROGRAM_PREFIX);
}
