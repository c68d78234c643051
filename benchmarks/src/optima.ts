/**
 * The best EDP known on gemmini with `dosa` energies, in uJ x cycles: bert certified by `loopnest search bert --method exact`, the
 * others found by searches of 400,000 samples.
 */
export const optima: Readonly<Record<string, number>> = {
  bert: 1.50688e9,
  resnet50: 6.28861e10,
  retinanet: 2.04825e10,
  unet: 1.08661e13,
};
