import type { ErrorData } from "@loopnest/mapspace";
import { useEffect, useRef, useState } from "preact/hooks";
import { FaultNote } from "../parts/fault-note.js";
import type { DocumentEditor, Edited } from "./document-editor.js";

interface DocumentSheetProps<Kind extends keyof Edited> {
  readonly kind: Kind;
  readonly document: Edited[Kind];
  /** What makes a well written document useless all the same; `null` if nothing does. */
  readonly check: (document: Edited[Kind]) => ErrorData | null;
  readonly onEdit: (document: Edited[Kind]) => void;
}

/** A document as a text, with completion, and faults where they stand; the editor comes when it is first shown. */
export function DocumentSheet<Kind extends keyof Edited>(props: DocumentSheetProps<Kind>) {
  const { kind, document } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<DocumentEditor<Kind> | null>(null);
  const written = useRef<Edited[Kind] | null>(null);
  // What the editor calls is the sheet as it was drawn last.
  const own = useRef(props);
  own.current = props;
  const [fault, setFault] = useState<ErrorData | null>(null);
  useEffect(() => {
    let wanted = true;
    void import("./document-editor.js").then(({ makeDocumentEditor }) => {
      if (!wanted) return;
      editor.current = makeDocumentEditor(place.current!, kind, own.current.document, {
        onDocument(next) {
          const broken = own.current.check(next);
          setFault(broken);
          if (broken !== null) return;
          written.current = next;
          own.current.onEdit(next);
        },
        onFault: setFault,
      });
    });
    return () => {
      wanted = false;
      editor.current?.close();
      editor.current = null;
    };
  }, []);
  useEffect(() => {
    // Chosen elsewhere: what is typed here is already in the text.
    if (document !== written.current) editor.current?.show(document);
  }, [document]);
  return (
    <>
      <p class="quiet">Ctrl+Space completes; what is wrong is marked; the drawing follows</p>
      <div ref={place} class="editor-place">
        <p class="quiet">The editor is coming…</p>
      </div>
      {fault !== null && <FaultNote title="This cannot be used yet" fault={fault} />}
    </>
  );
}
