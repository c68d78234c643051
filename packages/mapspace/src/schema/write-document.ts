import { Document, isCollection, isSeq, visit } from "yaml";
import type { DocumentFormat } from "./source-text.js";

/**
 * Writes data as a document: YAML for people, with short lists on one line, or JSON. `parseDocument` reads back the
 * same data.
 *
 * The file ends with a line break.
 */
export function writeDocument(data: unknown, format: DocumentFormat): string {
  if (format === "json") return `${JSON.stringify(data, null, 2)}\n`;
  // Lists that occur twice are written twice: nobody should have to follow an alias.
  const document = new Document(data, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(_, node) {
      const nested = node.items.some((item) => isCollection(item) && !isSeq(item));
      if (isSeq(node) && !nested && JSON.stringify(node).length <= 100) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
