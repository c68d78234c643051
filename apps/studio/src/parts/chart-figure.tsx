import type { Chart } from "@loopnest/report/charts";
import { useEffect, useRef, useState } from "preact/hooks";

interface ChartFigureProps {
  readonly chart: Chart;
  /** Beside the legend: ways to save it. */
  readonly onSave?: ((chart: Chart, as: "svg" | "png") => void) | undefined;
}

/** A chart of the reports, drawn for the width that there is; names in it stay text, whatever they hold. */
export function ChartFigure({ chart, onSave }: ChartFigureProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width < 120) return;
    const text = chart.draw(Math.min(width, 1100), document);
    const drawn = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
    // The picture has a name; its groups are no things of their own.
    for (const group of drawn?.querySelectorAll("g[aria-label]") ?? []) group.removeAttribute("aria-label");
    if (drawn !== null) place.current!.replaceChildren(document.importNode(drawn, true));
  }, [chart, width]);
  return (
    <figure class="chart-figure">
      <figcaption>
        <b>{chart.title}</b>
        <ul class="legend">
          {chart.legend.map(({ name, color, strength = 1 }) => (
            <li key={name}>
              <span style={{ background: color, opacity: strength }} />
              {name}
            </li>
          ))}
        </ul>
        {onSave !== undefined && (
          <span class="saves">
            <button type="button" class="link" onClick={() => onSave(chart, "svg")}>
              SVG
            </button>
            <button type="button" class="link" onClick={() => onSave(chart, "png")}>
              PNG
            </button>
          </span>
        )}
      </figcaption>
      <div ref={place} class="chart-place" />
    </figure>
  );
}
