import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, defaultHighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { type ActionCosts, type ErrorData, LoopnestError, type Target } from "@loopnest/mapspace";
import type { ZodType } from "zod";
import { energyTableSchema, jsonSchema, parseDocument, targetSchema, writeDocument } from "../files/documents.js";
import { editorTheme } from "./editor-theme.js";
import { fieldAt, fieldsIn } from "./schema-fields.js";

/** What is edited as a text. */
export interface Edited {
  readonly target: Target;
  readonly "energy-table": ActionCosts;
}

/** The editor of a document. */
export interface DocumentEditor<Kind extends keyof Edited> {
  /** Puts another document into it. */
  show(document: Edited[Kind]): void;
  close(): void;
}

interface EditorHooks<Document> {
  /** Is told of every document that the text describes. */
  readonly onDocument: (document: Document) => void;
  /** Is told of what is wrong with the text; `null` if nothing is. */
  readonly onFault: (fault: ErrorData | null) => void;
}

const SCHEMAS: { readonly [Kind in keyof Edited]: ZodType<Edited[Kind]> } = {
  target: targetSchema,
  "energy-table": energyTableSchema,
};
const LABELS = { target: "Target as YAML", "energy-table": "Energy table as YAML" };

/** Milliseconds without typing before the text is read. */
const DELAY_MS = 250;

/**
 * Makes an editor with the fields of the schema to complete, their descriptions under the mouse, and faults where they
 * stand.
 */
export function makeDocumentEditor<Kind extends keyof Edited>(
  place: HTMLElement,
  kind: Kind,
  document: Edited[Kind],
  { onDocument, onFault }: EditorHooks<Edited[Kind]>,
): DocumentEditor<Kind> {
  const schema = jsonSchema(kind);
  let shown = writeDocument(document, "yaml");
  const read = ({ state }: EditorView): Diagnostic[] => {
    const text = state.doc.toString();
    try {
      const found = parseDocument<Edited[Kind]>(text, { file: `${kind}.yaml` }, SCHEMAS[kind]);
      onFault(null);
      if (text !== shown) onDocument(found);
      shown = text;
      return [];
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      onFault(error.data);
      return [error.data, ...(error.data.more ?? [])].map((fault) => diagnosticOf(fault, state));
    }
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: shown,
      extensions: [
        ...[lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), yaml(), lintGutter()],
        ...[syntaxHighlighting(defaultHighlightStyle, { fallback: true }), editorTheme, EditorView.lineWrapping],
        EditorView.contentAttributes.of({ "aria-label": LABELS[kind] }),
        linter(read, { delay: DELAY_MS }),
        autocompletion({
          override: [
            (context) => {
              const word = context.matchBefore(/[\w-]*/);
              if (word === null || (word.from === word.to && !context.explicit)) return null;
              const fields = fieldsIn(schema, context.state.doc.toString(), context.pos);
              return {
                from: word.from,
                options: fields.map(({ name, description }) => ({
                  ...{ label: name, apply: `${name}: `, type: "property" },
                  ...(description !== undefined && { info: description }),
                })),
              };
            },
          ],
        }),
        hoverTooltip((own, position) => {
          const field = fieldAt(schema, own.state.doc.toString(), position);
          if (field === null) return null;
          const create = () => {
            const dom = place.ownerDocument.createElement("div");
            dom.className = "hover-note";
            dom.textContent = `${field.name}: ${field.description ?? "no description"}`;
            return { dom };
          };
          return { pos: position, create };
        }),
        // Tab leaves the editor, as it leaves every field.
        keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      ],
    }),
  });
  place.replaceChildren(view.dom);
  return {
    show(next) {
      shown = writeDocument(next, "yaml");
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: shown } });
    },
    close: () => view.destroy(),
  };
}

function diagnosticOf({ position, problem, fix }: ErrorData, { doc }: EditorState): Diagnostic {
  const line = doc.line(Math.min(doc.lines, position?.line ?? 1));
  const from = Math.min(line.to, line.from + (position?.column ?? 1) - 1);
  return {
    from,
    to: Math.max(from, line.to),
    severity: "error",
    message: fix === undefined ? problem : `${problem}; ${fix}`,
  };
}
