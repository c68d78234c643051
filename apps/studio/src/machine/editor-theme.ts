import { EditorView } from "@codemirror/view";

/** The editor in the colours of the page, light and dark. */
export const editorTheme = EditorView.theme({
  "&": { backgroundColor: "var(--sheet)", color: "var(--ink)", fontSize: "0.85rem" },
  ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--soft)", border: "none" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-tint)" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line)" },
  // The colours of the highlighter are for white pages: on a dark one they would be too faint to read.
  ".cm-line span": { color: "inherit" },
  ".cm-line .ͼl, .cm-line .ͼm": { color: "var(--soft)" },
});
