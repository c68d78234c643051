/**
 * Text as each medium takes it. Names come from other people's files and may hold anything; what is said here is all
 * that keeps them from moving a cursor, ending a tag or starting a cell.
 */

/**
 * Control characters, those that turn the direction of writing, halves of surrogate pairs, and what XML has no place
 * for.
 */
const UNSEEN = new RegExp(
  "[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]" +
    "|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]",
  "g",
);

/**
 * Text for a line on a terminal: a character that would not be seen but act has a picture in its place, `␛`, or `�`.
 */
export function terminalText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}

/** Text as it may stand in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return terminalText(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Text as it may stand in SVG and other XML, between tags or in an attribute between double quotes; line breaks stay.
 */
export function escapeXml(text: string): string {
  const lines = text.split("\n").map(terminalText).join("\n");
  return lines.replace(/[&<>"]/g, (character) => XML_ENTITIES[character]!);
}

const XML_ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it may stand in a cell of a table in Markdown. */
export function escapeMarkdown(text: string): string {
  return terminalText(text).replace(/[\\`*_[\]<>|~&]/g, "\\$&");
}

/**
 * A value as a cell of a CSV file (RFC 4180, with line feeds): its characters as they are, in quotes where they need
 * them.
 *
 * @internal
 */
export function csvCell(value: string | number | boolean | null | undefined): string {
  const text = value === undefined || value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
