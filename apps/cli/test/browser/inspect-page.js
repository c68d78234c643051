// Looks at a report from inside the browser; its value is what a test checks.
(() => {
  const shown = (element) => element.getClientRects().length > 0;
  const name = (element) => element.closest("figure")?.id ?? element.textContent ?? "";
  // What a choice on the page hides does not count.
  const figures = [...document.querySelectorAll("figure")].filter(shown);
  const charts = [...document.querySelectorAll("figure svg")].filter(shown);
  const texts = charts.flatMap((chart) => [...chart.querySelectorAll("text")].map((text) => ({ chart, text })));
  const right = document.documentElement.clientWidth;
  // Sum over channels of the difference between an sRGB colour and the page's: 0 is invisible.
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  const paper = channels(getComputedStyle(document.body).backgroundColor);
  const contrast = (color) => channels(color).reduce((sum, value, i) => sum + Math.abs(value - paper[i]), 0);
  return {
    pageWidth: document.documentElement.scrollWidth,
    charts: charts.length,
    layers: document.querySelectorAll("details").length,
    marks: charts.flatMap((chart) => [...chart.querySelectorAll("rect, circle, path")]).length,
    figuresWithoutOneChart: figures
      .filter((figure) => [...figure.querySelectorAll("svg")].filter(shown).length !== 1)
      .map(name),
    overflowing: charts.filter((chart) => chart.getBoundingClientRect().right > right + 1).map(name),
    cutOff: texts
      .filter(({ chart, text }) => {
        const [box, frame] = [text.getBoundingClientRect(), chart.getBoundingClientRect()];
        return box.width > 0 && (box.left < frame.left - 4 || box.right > Math.max(frame.right, right - 8) + 1);
      })
      .map(({ text }) => `${name(text)}: ${text.textContent}`),
    tooSmall: texts
      .filter(({ chart }) => {
        const { width } = chart.getBoundingClientRect();
        return (10 * width) / Number(chart.getAttribute("width")) < 8.5;
      })
      .map(({ text }) => name(text)),
    deadLinks: [...document.querySelectorAll("a")]
      .map((link) => link.getAttribute("href"))
      .filter((to) => !to.startsWith("#") || document.getElementById(to.slice(1)) === null),
    faint: texts
      .filter(({ text }) => contrast(getComputedStyle(text).fill) < 250)
      .map(({ text }) => `${name(text)}: ${text.textContent}`),
  };
})();
