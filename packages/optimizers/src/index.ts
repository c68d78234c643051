/** The name of this package. */
export const packageName = "@loopnest/optimizers";
