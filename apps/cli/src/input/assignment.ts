/**
 * An option's value `name=value` in its two halves, without the spaces around them; `null` if it is none. Names may
 * hold `=`.
 */
export function assignment(text: string): readonly [name: string, value: string] | null {
  const at = text.lastIndexOf("=");
  const [name, value] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()];
  return name === "" || value === "" ? null : [name, value];
}
