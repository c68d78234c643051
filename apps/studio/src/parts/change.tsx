import { times } from "@loopnest/report";

/** A figure against the one before: less is better. Nothing if they are alike. */
export function Change({ now, before }: { readonly now: number; readonly before: number }) {
  if (now === before) return null;
  const text = before === 0 ? "new" : times(now / before);
  return (
    <span class={now < before ? "change good" : "change bad"}>
      <span aria-hidden="true">{now < before ? "▼" : "▲"}</span> {text}
    </span>
  );
}
