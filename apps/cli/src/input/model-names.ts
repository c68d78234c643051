/** Learned models that come with the program. */
export const modelNames = ["gemmini-rtl"] as const;
