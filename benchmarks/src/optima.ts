/**
 * The least EDP on gemmini with `dosa` energies, in uJ x cycles, certified by
 * `loopnest search NETWORK --method exact --counts timeloop-2022`.
 */
export const optima: Readonly<Record<string, number>> = {
  bert: 1.50688e9,
  resnet50: 6.28861e10,
  retinanet: 2.04825e10,
  unet: 1.08661e13,
};
