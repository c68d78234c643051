import { type Architecture, type Mapping, type Problem, type Tensor, fanOut, flatten, problemShape } from "@loopnest/mapspace";
import { type Boundary, boundary, tileExtents } from "./boundary.js";
import { physicalCounts } from "./physical-counts.js";
import { type StepLoop, stepLoops } from "./step-loop.js";
import { timeloopCounts } from "./timeloop-counts.js";
