import { escapeXml } from "../text/media.js";

/** What is read of an element, an attribute or a text, whatever library made it. */
interface SvgNode {
  readonly nodeType: number;
  readonly localName?: string;
  readonly nodeValue: string | null;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
  readonly childNodes: ArrayLike<SvgNode>;
}

const ELEMENT = 1;
const TEXT = 3;

/**
 * An element as SVG text that both HTML and XML readers take: libraries and browsers differ in what they escape, and
 * some in what they leave open.
 */
export function svgText(node: unknown): string {
  const { nodeType, localName, nodeValue, attributes, childNodes } = node as SvgNode;
  if (nodeType === TEXT) return escapeXml(nodeValue ?? "");
  if (nodeType !== ELEMENT) return "";
  const own = Array.from(attributes ?? [], ({ name, value }) => ` ${name}="${escapeXml(value)}"`).join("");
  const inner = Array.from(childNodes, svgText).join("");
  return inner === "" ? `<${localName}${own} />` : `<${localName}${own}>${inner}</${localName}>`;
}
