/** The end of a name tells more than its middle. */
export function shortened(label: string, most: number): string {
  if (label.length <= most) return label;
  const tail = Math.floor((most - 1) / 2);
  return `${label.slice(0, most - 1 - tail)}\u2026${label.slice(label.length - tail)}`;
}
