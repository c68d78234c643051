import { config } from "zod";

// Schemas make functions of text unless told not to, which the page's policy forbids.
config({ jitless: true });

export {
  caseSchema,
  energyTableSchema,
  jsonSchema,
  parseDocument,
  SourceText,
  targetSchema,
  validate,
  workloadSchema,
  writeDocument,
} from "@loopnest/mapspace/schema";
