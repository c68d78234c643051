import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { csvCell, escapeHtml, escapeMarkdown, escapeXml, terminalText } from "./media.js";

/** Any text, with what means something to some medium drawn often. */
const special = fc.constantFrom(
  "\u001b[2J",
  "\u0000",
  "\n",
  "\r",
  "\t",
  "\u202e",
  "\ud800",
  "<",
  ">",
  "&",
  '"',
  "'",
  "|",
  "\\",
  ",",
  "--",
  "]]>",
);
const text = fc
  .array(fc.oneof(special, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(""));

test("what is seen stays as it is", () => {
  for (const plain of ["layer1.0.conv1", "a b_c/d", "größer 層 🙂 é"]) expect(terminalText(plain)).toBe(plain);
  expect(terminalText("a\u001b[31mb\nc\u007f\u202e")).toBe("a␛[31mb␊c␡�");
});

describe("whatever a name holds,", () => {
  const holds = (property: (text: string) => void) => fc.assert(fc.property(text, property), { numRuns: 500 });

  test("a terminal gets no character that acts, and as many characters", () => {
    holds((name) => {
      const shown = terminalText(name);
      expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      expect(shown).not.toMatch(/\p{Cs}/u);
      expect(shown).toHaveLength(name.length);
      expect(terminalText(shown)).toBe(shown);
    });
  });

  test("an HTML page shows it, as a text and as an attribute", () => {
    holds((name) => {
      const { document } = parseHTML(`<p title="${escapeHtml(name)}">${escapeHtml(name)}</p><b>after</b>`);
      expect(document.querySelector("p")!.textContent).toBe(terminalText(name));
      expect(document.querySelector("p")!.getAttribute("title")).toBe(terminalText(name));
      expect(document.querySelector("b")!.textContent).toBe("after");
    });
  });

  test("XML has only characters of XML, and no more tags, entities or ends of attributes", () => {
    holds((name) => {
      const escaped = escapeXml(name);
      expect(escaped).not.toMatch(/[^\n -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
      expect(escaped).not.toMatch(/[<>"]|&(?!amp;|lt;|gt;|quot;)/);
    });
  });

  test("a row of a Markdown table has as many cells", () => {
    holds((name) => {
      const row = `| ${escapeMarkdown(name)} | 2 |`;
      expect(row.replace(/\\./gsu, "").match(/[|\n<]/g)).toEqual(["|", "|", "|"]);
    });
  });

  test("a CSV reader has it back", () => {
    holds((name) => {
      const line = [name, "2", name].map(csvCell).join(",");
      const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|$)/gy)].slice(0, 3).map(([, cell]) => cell!);
      const read = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
      expect(cells.map(read)).toEqual([name, "2", name]);
    });
  });
});
