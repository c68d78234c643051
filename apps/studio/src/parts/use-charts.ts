import { useEffect, useState } from "preact/hooks";

type Charts = typeof import("@loopnest/report/charts");

let loaded: Charts | null = null;

/** The charts of the reports: loaded when the first one is wanted; `null` until then. */
export function useCharts(): Charts | null {
  const [charts, setCharts] = useState(loaded);
  useEffect(() => {
    if (charts !== null) return;
    let wanted = true;
    void import("@loopnest/report/charts").then((module) => {
      loaded = module;
      if (wanted) setCharts(module);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return charts;
}
