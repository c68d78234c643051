import { Document, isScalar, isSeq, visit } from "yaml";

/** Writes data as YAML: lists of names and numbers on one line each, everything else as blocks. */
export function writeYaml(data: unknown): string {
  const document = new Document(data);
  visit(document, {
    Seq(_, node) {
      const nested = (item: unknown): boolean => isScalar(item) || (isSeq(item) && item.items.every(nested));
      if (node.items.every(nested)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
