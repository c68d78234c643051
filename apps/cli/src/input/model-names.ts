/** Learned models that come with the program. */
export const modelNames = ["gemmini-rtl"] as const;

/** Whether a name is that of a module. */
export function isModuleName(given: string): boolean {
  return /\.m?js$/i.test(given);
}
