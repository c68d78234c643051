import { LoopnestError } from "@loopnest/mapspace";

/**
 * Energy and area of logic from one technology to another, after Stillmaker and Baas, "Scaling equations for the
 * accurate prediction of CMOS device performance from 180 nm to 7 nm", Integration 58 (2017), 74-81: their area table,
 * and energy factors `a V^2 + b V + c` of the high-performance processes, each at its nominal supply voltage in the
 * Predictive Technology Model that they were fitted to.
 *
 * The coefficients agree between two independent programs that restate them (nodeScale of the UCLA NanoCAD Laboratory,
 * and hwcomponents of the Accelergy project, which takes low-power processes at 45 and 32 nm), and the authors'
 * corrigendum repeats those of 65 and 32 nm.
 */
interface Node {
  readonly nm: number;
  readonly volts: number;
  /** a, b and c. */
  readonly energy: readonly [number, number, number];
  /** Over the area at 45 nm. */
  readonly area: number;
}

const NODES: readonly Node[] = [
  { nm: 130, volts: 1.3, energy: [7.171, -6.709, 2.904], area: 6.4 },
  { nm: 90, volts: 1.2, energy: [4.762, -4.781, 2.092], area: 2.8 },
  { nm: 65, volts: 1.1, energy: [3.755, -4.398, 1.975], area: 1.5 },
  { nm: 45, volts: 1, energy: [1.018, -0.3107, 0.1539], area: 1 },
  { nm: 32, volts: 0.9, energy: [0.8367, -0.4341, 0.1701], area: 0.46 },
  { nm: 20, volts: 0.9, energy: [0.373, -0.1582, 0.04104], area: 0.21 },
  { nm: 16, volts: 0.85, energy: [0.2958, -0.1241, 0.03024], area: 0.19 },
  { nm: 14, volts: 0.8, energy: [0.2363, -0.09675, 0.02239], area: 0.17 },
  { nm: 10, volts: 0.75, energy: [0.2068, -0.09311, 0.02375], area: 0.1 },
  { nm: 7, volts: 0.7, energy: [0.1776, -0.09097, 0.02447], area: 0.059 },
];

/** What energies and areas at one node are multiplied by to be those at another. */
export interface NodeFactors {
  readonly energy: number;
  readonly area: number;
}

/**
 * Factors from one technology to another, in nm. Between two nodes: a straight line in log-log.
 *
 * @throws LoopnestError `input` for a technology outside 130 to 7 nm.
 */
export function nodeFactors(from: number, to: number): NodeFactors {
  const [before, after] = [logsAt(from), logsAt(to)];
  return { energy: Math.exp(after.energy - before.energy), area: Math.exp(after.area - before.area) };
}

function logsAt(nm: number): NodeFactors {
  const i = NODES.findIndex((node) => node.nm <= nm);
  if (i < 0 || !(nm <= NODES[0]!.nm)) {
    throw new LoopnestError({
      code: "input",
      path: "energyTable",
      problem: `there are no factors for ${nm} nm`,
      fix: `give a technology from ${NODES[0]!.nm} to ${NODES.at(-1)!.nm} nm`,
      got: nm,
    });
  }
  const [below, above] = [NODES[i]!, NODES[Math.max(0, i - 1)]!];
  const share = below === above ? 0 : Math.log(nm / below.nm) / Math.log(above.nm / below.nm);
  const between = (of: (node: Node) => number) => (1 - share) * Math.log(of(below)) + share * Math.log(of(above));
  return { energy: between(energyFactor), area: between(({ area }) => area) };
}

function energyFactor({ volts, energy: [a, b, c] }: Node): number {
  return a * volts ** 2 + b * volts + c;
}
