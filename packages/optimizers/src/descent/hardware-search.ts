import { clonePoint, copyPoint, type NestPoint } from "@loopnest/mapspace";
import type { Mapper } from "../mapper/mapper.js";
import { evaluateDesign, largestHardware, type Network } from "../network.js";
import type { Pace } from "../pace.js";
import type { Random } from "../random.js";
import type { Recorder } from "../recorder.js";

/** Spread of the log step by which a size is changed: one of these, drawn anew for every trial. */
const SPREADS = [0.1, 0.3, 0.7] as const;
/** Trials without success before layers are restarted from random mappings. */
const PATIENCE = 12;

/**
 * Local search over hardware, exact mappings inside: a size is changed, every layer takes the best mapping it remembers that
 * fits and improves it, the hardware shrinks to what they need, and the result is kept if it is better. When that stalls, layers
 * are searched deeper where they are: pairs of moves, and restarts from random mappings.
 */
export async function hardwareSearch(
  network: Network,
  mapper: Mapper,
  random: Random,
  recorder: Recorder,
  done: () => boolean,
  pace: Pace,
): Promise<void> {
  const { sizes: free } = network.task.model.target;
  const { maxSizes } = largestHardware(network);
  const searched = free.flatMap((_, k) => (Number.isNaN(network.fixed[k]!) ? [k] : []));
  const saved: NestPoint[] = mapper.points.map(clonePoint);
  let sizes = mapper.shrink() ?? maxSizes.slice();
  let best = Number.POSITIVE_INFINITY;

  /** Keeps the mapper's state if it is the best so far, else goes back; returns whether it was kept. */
  const judge = (): boolean => {
    const value = mapper.value();
    if (value < best * (1 - 1e-12)) {
      best = value;
      sizes = mapper.shrink() ?? sizes;
      best = mapper.value();
      mapper.points.forEach((point, i) => copyPoint(point, saved[i]!));
      recorder.offer(
        evaluateDesign(
          network,
          mapper.points.map(({ nest }) => nest),
        ),
      );
      return true;
    }
    saved.forEach((point, i) => copyPoint(point, mapper.points[i]!));
    return false;
  };

  mapper.place(sizes);
  mapper.improve("single");
  mapper.shrink();
  judge();
  let failures = 0;
  let layer = 0;
  while (!done()) {
    await pace.breathe();
    if (searched.length === 0 || failures >= PATIENCE) {
      mapper.place(sizes);
      if (failures === PATIENCE) mapper.improve("pairs");
      else mapper.restart(layer++ % mapper.points.length, random);
      mapper.shrink();
      failures = judge() ? 0 : failures + 1;
      if (failures > PATIENCE + mapper.points.length) failures = 0;
      continue;
    }
    const trial = sizes.slice();
    const k = random.pick(searched);
    const { min, step = 1 } = free[k]!;
    const factor = Math.exp(random.pick(SPREADS) * random.normal());
    const changed = Math.round((trial[k]! * factor) / step) * step;
    trial[k] = Math.min(
      maxSizes[k]!,
      Math.max(min, changed === trial[k] ? trial[k]! + (factor < 1 ? -step : step) : changed),
    );
    mapper.place(trial);
    mapper.recall();
    mapper.improve("single");
    mapper.shrink();
    failures = judge() ? 0 : failures + 1;
  }
}
