/**
 * The best EDP that any gemmini hardware with peDim up to 128 reaches, in uJ x cycles, with `dosa` energies: certified by
 * `loopnest search <network> --method exact` (docs/exact-search.md).
 */
export const optima: Readonly<Record<string, number>> = {
  bert: 1.50688e9,
  resnet50: 6.28861e10,
  retinanet: 2.04825e10,
  unet: 1.08661e13,
};
