import { percent } from "@loopnest/report";

/** A share of 1 as a bar with its number. */
export function ShareBar({ share, color }: { readonly share: number; readonly color?: string }) {
  return (
    <span class="share">
      <span class="track" aria-hidden="true">
        <span style={{ width: `${100 * Math.min(1, share)}%`, ...(color !== undefined && { background: color }) }} />
      </span>
      {percent(share)}
    </span>
  );
}
