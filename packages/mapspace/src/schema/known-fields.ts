import type * as z from "zod";
import type { Path } from "./quantities.js";

/** Names of the fields that a schema has at a path; all branches of a union are taken. */
export function knownFields(schema: z.core.$ZodType, path: Path): string[] {
  const names = new Set<string>();
  for (const found of descend([schema], path)) {
    const def = found._zod.def as z.core.$ZodObjectDef;
    if (def.type === "object") for (const name of Object.keys(def.shape)) names.add(name);
  }
  return [...names];
}

function descend(schemas: readonly z.core.$ZodType[], path: Path): z.core.$ZodType[] {
  const open = schemas.flatMap(unwrap);
  const [step, ...rest] = path;
  if (step === undefined) return open;
  return descend(
    open.flatMap((schema) => inner(schema, step)),
    rest,
  );
}

/** What a schema is without its wrappers: optional, nullable, transformed, one branch of a union. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = schema._zod.def as { type: string; innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  if (def.innerType !== undefined) return unwrap(def.innerType);
  if (def.in !== undefined) return unwrap(def.in);
  if (def.type === "union") return (schema._zod.def as z.core.$ZodUnionDef).options.flatMap((option) => unwrap(option));
  return [schema];
}

function inner(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType[] {
  const def = schema._zod.def as { type: string };
  switch (def.type) {
    case "object": {
      const field = (def as z.core.$ZodObjectDef).shape[String(step)];
      return field === undefined ? [] : [field];
    }
    case "array":
      return [(def as z.core.$ZodArrayDef).element];
    case "record":
      return [(def as z.core.$ZodRecordDef).valueType];
    case "tuple": {
      const item = (def as z.core.$ZodTupleDef).items[Number(step)];
      return item === undefined ? [] : [item];
    }
    default:
      return [];
  }
}
