import { redo, type Transition, undo } from "../state/transitions.js";

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), but where a text is typed. @returns Ends it. */
export function listenForUndo(update: (transition: Transition) => void): () => void {
  const listen = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || isText(event.target)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    update(key === "y" || event.shiftKey ? redo : undo);
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

function isText(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input:not([type=range]), textarea, [contenteditable=true]");
}
