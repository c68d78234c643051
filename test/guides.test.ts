import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { documents, root } from "./documents.js";
import { testReadmeExamples } from "./readme-examples.js";

// Guides belong to no package; examples/ depends on all of those that they use.
for (const guide of documents("docs")) {
  const file = join(root, guide);
  if (readFileSync(file, "utf8").includes("\n```ts\n")) {
    testReadmeExamples(pathToFileURL(file), new URL("../examples/", import.meta.url));
  }
}
