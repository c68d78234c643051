import type { ErrorData } from "@loopnest/mapspace";

/** A fault: where, what is wrong, what would be right. */
export function FaultNote({ title, fault }: { readonly title: string; readonly fault: ErrorData }) {
  const { problem, fix, position, path } = fault;
  const where = position === undefined ? path : `line ${position.line}, column ${position.column}`;
  return (
    <div class="note" role="alert">
      <b>{title}</b>
      <p>
        {where !== undefined && <code>{where}: </code>}
        {problem}
        {fix !== undefined && `; ${fix}`}
      </p>
    </div>
  );
}
