/** A field that a document may have at a place. */
export interface SchemaField {
  readonly name: string;
  readonly description?: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** The fields that may stand where somebody types, those that stand there already left out. */
export function fieldsIn(schema: Schema, text: string, offset: number): SchemaField[] {
  const lines = text.slice(0, offset).split("\n");
  const indent = indentOf(lines.at(-1)!);
  const path = pathAbove(lines.slice(0, -1), indent);
  return fieldsOf(schema, at(schema, path)).filter(({ name }) => !hasSibling(text, offset, indent, name));
}

/** The field whose name stands at an offset; `null` if it is none that the schema knows. */
export function fieldAt(schema: Schema, text: string, offset: number): SchemaField | null {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const to = text.indexOf("\n", offset);
  const line = text.slice(from, to < 0 ? text.length : to);
  const key = /^\s*(?:- )*([\w-]+):/.exec(line);
  if (key === null || offset - from > key[0].length) return null;
  const lines = text.slice(0, from).split("\n").slice(0, -1);
  const path = pathAbove(lines, indentOf(line));
  return fieldsOf(schema, at(schema, path)).find(({ name }) => name === key[1]) ?? null;
}

/** Names of the fields around a line, outermost first; those of lists stand for their entries. */
function pathAbove(lines: readonly string[], indent: number): string[] {
  const path: string[] = [];
  let least = indent;
  for (const line of [...lines].reverse()) {
    const key = /^\s*(?:- )*([\w-]+):/.exec(line);
    if (key === null) continue;
    const own = indentOf(line);
    if (own >= least) continue;
    path.unshift(key[1]!);
    least = own;
  }
  return path;
}

/** Where the name of a field begins in its line, behind the dashes of lists. */
function indentOf(line: string): number {
  return /^\s*(?:- )*/.exec(line)![0].length;
}

/** What the schema says of the value at a path: every form that it may have. */
function at(schema: Schema, path: readonly string[]): Schema[] {
  let forms: Schema[] = formsOf(schema, schema);
  for (const name of path) {
    forms = forms.flatMap((form) => {
      const own = (form["properties"] as Schema | undefined)?.[name] ?? form["additionalProperties"];
      return isSchema(own) ? formsOf(schema, own) : [];
    });
  }
  return forms;
}

/** All forms of a schema: choices, references and entries of lists followed. */
function formsOf(root: Schema, schema: Schema): Schema[] {
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const found = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((own, key) => (own as Schema | undefined)?.[key], root);
    return found === undefined ? [] : formsOf(root, found as Schema);
  }
  const inner = [
    ...((schema["anyOf"] as Schema[]) ?? []),
    ...((schema["oneOf"] as Schema[]) ?? []),
    ...((schema["allOf"] as Schema[]) ?? []),
  ];
  const items = schema["items"];
  return [schema, ...inner.flatMap((own) => formsOf(root, own)), ...(isSchema(items) ? formsOf(root, items) : [])];
}

function fieldsOf(root: Schema, forms: readonly Schema[]): SchemaField[] {
  const fields = new Map<string, SchemaField>();
  for (const form of forms) {
    for (const [name, own] of Object.entries((form["properties"] as Schema | undefined) ?? {})) {
      const described = formsOf(root, own as Schema).find(({ description }) => typeof description === "string");
      fields.set(name, { name, ...(described !== undefined && { description: String(described["description"]) }) });
    }
  }
  return [...fields.values()];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a field of this name stands beside the one that is typed, without anything further out between. */
function hasSibling(text: string, offset: number, indent: number, name: string): boolean {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(0, from).split("\n").slice(0, -1).reverse();
  const after = text.slice(text.indexOf("\n", offset) + 1 || text.length).split("\n");
  const stands = (lines: readonly string[], upwards: boolean) => {
    for (const line of lines) {
      if (line.trim() === "") continue;
      if (indentOf(line) < indent || (!upwards && /^\s*- /.test(line) && indentOf(line) === indent)) return false;
      if (indentOf(line) === indent && new RegExp(`^\\s*(?:- )*${name}:`).test(line)) return true;
      if (upwards && /^\s*- /.test(line) && indentOf(line) === indent) return false;
    }
    return false;
  };
  return stands(before, true) || stands(after, false);
}
