/**
 * Gives out C identifiers: the same for the same name, different ones for different names, none of those in use
 * already.
 */
export function identifiers(inUse: readonly string[]): (name: string) => string {
  const given = new Map<string, string>();
  const taken = new Set(inUse);
  return (name) => {
    const known = given.get(name);
    if (known !== undefined) return known;
    const plain = name.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)|^$/, "_");
    let identifier = plain;
    for (let i = 2; taken.has(identifier); i++) identifier = `${plain}_${i}`;
    taken.add(identifier);
    given.set(name, identifier);
    return identifier;
  };
}

/**
 * A name as it may stand in a line comment or a string of C: one line of printable ASCII, without `\`, `"`, `%` and
 * `?`.
 */
export function plainText(name: string): string {
  return name.replace(/[^\x20-\x7e]|[\\"%?]/g, "_");
}
