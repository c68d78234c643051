import { tileVolumeGradient } from "../state/tile.js";
import type { BackwardPass } from "./adjoints.js";
import { groupsGradient } from "./groups-gradient.js";
import { reuseGradient } from "./reuse-gradient.js";

/** From reads, updates and fills back to loops: `countTransfers` in reverse. Words handed over are held fixed. */
export function transferGradient(pass: BackwardPass): void {
  const { state, nest, adjoint } = pass;
  const { shape, levelCount, groups, fetched, content } = state;
  const { keeps } = nest;
  for (let t = 0; t < shape.tensorCount; t++) {
    let outermost = 0;
    while (outermost < levelCount && ((keeps[outermost]! >> t) & 1) === 0) outermost++;
    /** Whether the fills of a level are less by its partition. */
    const isFilled = (l: number) => state.counts === "timeloop-2025" && l > outermost;
    if (shape.isOutput[t] === 1) holdAtZero(pass, t, isFilled);
    let passedDown = 0;
    for (let l = outermost; l < levelCount; l++) {
      const cell = t * levelCount + l;
      let toContent = passedDown + adjoint.content[cell]!;
      if ((keeps[l]! >> t) & 1) {
        toContent += adjoint.reads[cell]! + (shape.isOutput[t] === 1 ? adjoint.updates[cell]! : 0);
      }
      groupsGradient(pass, t, l, toContent * content[cell]!);
      const isMac = l === levelCount - 1;
      if (!isMac && ((keeps[l + 1]! >> t) & 1) === 0) {
        passedDown = toContent * groups[cell]!;
        continue;
      }
      passedDown = 0;
      const toFetched = toContent * groups[cell]! + (isMac ? 0 : adjoint.fills[cell + 1]!);
      if (isMac) adjoint.logVisitsFrom[0]! += toFetched * fetched[cell]!;
      else reuseGradient(pass, t, l, toFetched * fetched[cell]!);
    }
    if (shape.isOutput[t] === 1) partitionGradient(pass, t, isFilled);
  }
}

/** Reads and fills of an output are bounded below by 0: there they stand still, whatever they are made of. */
function holdAtZero({ state, adjoint }: BackwardPass, t: number, isFilled: (l: number) => boolean): void {
  const { levelCount, content, peer, arrived, partition } = state;
  for (let l = 0; l < levelCount; l++) {
    const cell = t * levelCount + l;
    if (content[cell]! + peer[cell]! < partition[cell]!) adjoint.reads[cell] = 0;
    if (isFilled(l) && arrived[cell]! < partition[cell]!) adjoint.fills[cell] = 0;
  }
}

/**
 * Reads of an output are its content less its partition (first-read elision), and so are its fills as they are counted
 * today: `countPartitions` in reverse.
 */
function partitionGradient({ state, nest, adjoint }: BackwardPass, t: number, isFilled: (l: number) => boolean): void {
  const { shape, levelCount, extent, tileRow, spannedRow, spatial, partition } = state;
  let toLogPartition = 0;
  for (let l = levelCount - 1; l >= 0; l--) {
    const cell = t * levelCount + l;
    if ((nest.keeps[l]! >> t) & 1) {
      const toPartition = adjoint.partition[cell]! - adjoint.reads[cell]! - (isFilled(l) ? adjoint.fills[cell]! : 0);
      toLogPartition += toPartition * partition[cell]!;
    }
    if (l === 0) tileVolumeGradient(shape, t, extent, tileRow[0]!, toLogPartition, adjoint.logExtent);
    else if (spatial[l - 1] !== 1) {
      tileVolumeGradient(shape, t, extent, tileRow[l]!, toLogPartition, adjoint.logExtent);
      tileVolumeGradient(shape, t, extent, spannedRow[l - 1]!, -toLogPartition, adjoint.logExtent);
    }
  }
}
