/** Cost of one execution of a layer. */
export interface Cost {
  energyPj: number;
  latencyCycles: number;
}
