import { basename, dirname } from "node:path";
import { countsNames, LoopnestError } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import { type PointField, type Study, studySchema } from "@loopnest/sweep";
import * as z from "zod";
import { displayName, readText, STANDARD_INPUT } from "../files/read-text.js";
import { locateError } from "../input/locate-error.js";
import { objectives } from "../options/objectives.js";
import { methodNames } from "../plan/methods.js";

/** How a descent may choose loop orders. */
const ORDERS = ["fixed", "iterated", "gumbel", "softmax"] as const;

/** The schema of a study file, with all names that loopnest knows. */
const studyFileSchema = studySchema({
  ...{ methods: methodNames, objectives, counts: countsNames, orders: ORDERS },
});

/** The JSON Schema of study files, for editors. */
export function studyJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(studyFileSchema, { io: "input", target: "draft-2020-12" }) as Record<string, unknown>;
}

/** A study that was read, and where it stands. */
export interface StudyFile {
  readonly study: Study;
  readonly name: string;
  /** Files that it names are seen from there. */
  readonly folder: string;
  /** Gives an error the place in the file that its path names, or the one where a value of a field stands. */
  located(error: LoopnestError, value?: { readonly field: PointField; readonly value: unknown }): LoopnestError;
}

/** @throws LoopnestError `input` for a file that cannot be read or is no study, with the place. */
export async function readStudy(file: string): Promise<StudyFile> {
  const source = new SourceText(await readText(file), { file: displayName(file) });
  const study = validate(source, studyFileSchema);
  return {
    study,
    name: study.name ?? (file === STANDARD_INPUT ? "study" : basename(file).replace(/\.(ya?ml|json)$/i, "")),
    folder: file === STANDARD_INPUT ? "." : dirname(file),
    located(error, value) {
      if (error.data.position !== undefined) return error;
      const path = value === undefined ? error.data.path : placeOf(study, value.field, value.value);
      return locateError(new LoopnestError({ ...error.data, ...(path !== undefined && { path }) }), () => source);
    },
  };
}

/** Where a study names a value of a field. */
function placeOf({ axes, options, points = [] }: Study, field: PointField, value: unknown): string {
  const text = JSON.stringify(value);
  const isMeant = (own: unknown) => JSON.stringify(own) === text || (Array.isArray(own) && own.includes(value));
  const axis = axes?.[field];
  const inAxis = Array.isArray(axis) ? axis.findIndex(isMeant) : -1;
  if (inAxis >= 0) return `axes.${field}[${inAxis}]`;
  const inPoints = points.findIndex((point) => isMeant(point[field]));
  if (inPoints >= 0) return `points[${inPoints}].${field}`;
  return options !== undefined && field in options ? `options.${field}` : field;
}
