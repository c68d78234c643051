import { stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { type Point, type PointField, pointText, type Study, studyPoints } from "@loopnest/sweep";
import { energyTableInput } from "../input/energy-table-input.js";
import { modelInput } from "../input/model-input.js";
import { isOwnModel } from "../input/model-names.js";
import { targetInput } from "../input/target-input.js";
import { workloadInput } from "../input/workload-input.js";
import { paddingShare } from "../options/option-values.js";
import { checkTaken, planOf, searchInputs } from "../plan/make-plan.js";
import { type MethodName, methodOptionNames, offeredMethod } from "../plan/methods.js";
import type { SearchCommandOptions } from "../plan/search-options.js";
import type { SearchInputs, SearchPlan } from "../plan/search-plan.js";
import type { StudyFile } from "./study-file.js";

/** A point with every default filled in, and its search. */
export interface PlannedPoint {
  readonly point: Point;
  readonly plan: SearchPlan;
}

/** As `loopnest search` has them. */
const DEFAULTS = { target: "gemmini", objective: "edp", method: "descent", seed: 1 } as const;

/**
 * The searches of a study, in the order of its points.
 *
 * @throws LoopnestError `input` for a value that cannot be read, a point that cannot be searched, or an option that no
 * method of the study takes, with the place in the study.
 */
export async function* plannedPoints(file: StudyFile): AsyncGenerator<PlannedPoint> {
  const { study } = file;
  const inputsOf = rememberedInputs(file);
  const taken = new Set<string>();
  try {
    for (const { point: given, path, own } of studyPoints(study)) {
      const point = withDefaults(given, own);
      for (const field of Object.keys(point)) taken.add(field);
      const options = commandOptions(point);
      try {
        checkTaken(options.method, options);
        yield { point, plan: planOf(await inputsOf(point, options), options) };
      } catch (error) {
        if (!(error instanceof LoopnestError) || error.data.position !== undefined) throw error;
        const { problem, fix } = error.data;
        const where = `${problem} (point ${pointText(point)})`;
        throw new LoopnestError({ ...error.data, path, problem: where, fix: `${fix ?? "correct it"}, or exclude it` });
      }
    }
    checkUse(study, taken);
  } catch (error) {
    throw error instanceof LoopnestError ? file.located(error) : error;
  }
}

/** What a study says of all points says nothing of those whose method has no use for it. */
function withDefaults(given: Point, own: readonly string[]): Point {
  const point = { ...DEFAULTS, ...given };
  const { takes } = offeredMethod(point.method as MethodName);
  const unused = methodOptionNames.filter((name) => !own.includes(name) && !takes.includes(name));
  return Object.fromEntries(Object.entries(point).filter(([field]) => !(unused as string[]).includes(field))) as never;
}

function checkUse({ axes = {}, options = {} }: Study, taken: ReadonlySet<string>): void {
  const [place, given] = Object.keys(axes).some((field) => !taken.has(field)) ? ["axes", axes] : ["options", options];
  const unused = Object.keys(given as object).find((field) => !taken.has(field));
  if (unused === undefined) return;
  const problem = "no method of the study has a use for it";
  throw new LoopnestError({ code: "input", path: `${place}.${unused}`, problem, fix: "leave it out" });
}

function commandOptions(point: Point): SearchCommandOptions {
  const { maxAreaMm2, maxLatencyCycles, maxEnergyUj, maxEdp, within, ...others } = point;
  const { fix, weight, dim, workload: _, pad = "auto", ...same } = others;
  if (same.steps !== undefined && same.samples !== undefined) {
    const problem = "steps and samples exclude each other";
    throw new LoopnestError({ code: "input", problem, fix: "drop one of them" });
  }
  const assignments = (sizes: Readonly<Record<string, number>> = {}) =>
    Object.entries(sizes).map(([name, size]) => `${name}=${size}`);
  return {
    ...(same as unknown as SearchCommandOptions),
    ...{ fix: assignments(fix), weight: assignments(weight), dim: assignments(dim) },
    pad: paddingShare(pad, undefined),
    ...(typeof maxAreaMm2 === "number" && { maxArea: maxAreaMm2 }),
    ...(typeof maxLatencyCycles === "number" && { maxLatency: maxLatencyCycles }),
    ...(typeof maxEnergyUj === "number" && { maxEnergy: maxEnergyUj }),
    ...(typeof maxEdp === "number" && { maxEdp }),
    ...(typeof within === "number" && { within }),
  };
}

/** Reads the inputs of points; those that points share, once. */
function rememberedInputs(file: StudyFile) {
  const known = new Map<string, Promise<SearchInputs>>();
  const checked = new Map<string, Promise<string>>();
  /** A value by name, or as a file seen from the study; read once, so that an error says where the study names it. */
  const value = (
    field: PointField,
    given: string,
    read: (given: string) => Promise<unknown>,
    whole: unknown = given,
  ) => {
    const id = `${field} ${given}`;
    const found =
      checked.get(id) ??
      seenFrom(file.folder, given).then(async (name) => {
        await read(name);
        return name;
      });
    checked.set(id, found);
    return found.catch((error: unknown) => {
      throw error instanceof LoopnestError ? file.located(error, { field, value: whole }) : error;
    });
  };
  return async (point: Point, options: SearchCommandOptions): Promise<SearchInputs> => {
    const { workload, target, energyTable, model, uncertaintyPenalty, counts, pad, weight, dim } = point;
    const id = JSON.stringify([workload, target, energyTable, model, uncertaintyPenalty, counts, pad, weight, dim]);
    const found = known.get(id);
    if (found !== undefined) return found;
    const networks = typeof workload === "string" ? [workload] : workload;
    const names: string[] = [];
    // Sizes that a network is given belong to its reading.
    const read = (name: string) => (options.dim.length > 0 ? Promise.resolve() : workloadInput(name));
    for (const network of networks) names.push(await value("workload", network, read, workload));
    const inputs = searchInputs(names, {
      ...options,
      target: await value("target", options.target, targetInput),
      ...(energyTable !== undefined && { energyTable: await value("energyTable", energyTable, energyTableInput) }),
      ...(model !== undefined && { model: await value("model", model, learnedModel) }),
    });
    known.set(id, inputs);
    return inputs;
  };
}

/** Searches of a sweep may run anywhere: what they are about is data. */
async function learnedModel(given: string): Promise<unknown> {
  if (!isOwnModel(given)) return modelInput(given);
  const problem = `${given} is code, which a sweep does not send to its workers`;
  throw new LoopnestError({ code: "input", problem, fix: "search with it by loopnest search" });
}

async function seenFrom(folder: string, given: string): Promise<string> {
  if (isAbsolute(given) || isOwnModel(given)) return given;
  const path = join(folder, given);
  const looksLikeFile = /[\\/]|\.(ya?ml|json|onnx|m?js)$/i.test(given);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return looksLikeFile || (isFile && folder !== ".") ? path : given;
}
