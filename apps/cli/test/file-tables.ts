/** The part of a JSON Schema that field tables are made from. */
export interface FieldSchema {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | FieldSchema;
  readonly items?: FieldSchema | false;
  readonly prefixItems?: readonly FieldSchema[];
  readonly anyOf?: readonly FieldSchema[];
}

/** A document that has a section of its own: others point to it. */
export interface DocumentSection {
  readonly heading: string;
  readonly schema: FieldSchema;
}

/**
 * Markdown tables of all fields of documents: a section for each, a table for each list of fields in it.
 *
 * @throws Error if a field has no description.
 */
export function fileTables(sections: readonly DocumentSection[]): string {
  const headings = new Map(sections.map(({ heading, schema }) => [schema.title, heading]));
  return sections.map(({ heading, schema }) => section(heading, schema, headings)).join("\n");
}

type Headings = ReadonlyMap<string | undefined, string>;

function section(heading: string, schema: FieldSchema, headings: Headings): string {
  const tables = [`## ${heading}\n\n${schema.description}.\n`];
  // Those of one name and form (stride and dilation of three operators, say) are told once.
  const told = new Set<string>();
  const tell = (path: string, found: FieldSchema) => {
    const table = fieldTable(path, found, headings);
    if (told.has(table)) return;
    told.add(table);
    tables.push(path === "" ? table : `${path === "[]" ? "Each entry" : `\`${path}\``}:\n\n${table}`);
    for (const [name, field] of Object.entries(found.properties!)) {
      if (field.title !== undefined) continue;
      for (const [place, inner] of insideOf(field)) {
        if (inner.title === undefined) tell(path === "" ? name + place : `${path}.${name}${place}`, inner);
      }
    }
  };
  for (const [place, inner] of insideOf(schema)) tell(place, inner);
  return tables.join("\n");
}

/** Lists of fields that a value is, or holds as its parts, with what stands between the two names. */
function insideOf(schema: FieldSchema): (readonly [place: string, fields: FieldSchema])[] {
  if (schema.properties !== undefined) return [["", schema]];
  if (schema.items) return insideOf(schema.items).map(([place, inner]) => [`[]${place}`, inner]);
  if (typeof schema.additionalProperties === "object") {
    return insideOf(schema.additionalProperties).map(([place, inner]) => [`.NAME${place}`, inner]);
  }
  return [];
}

function fieldTable(path: string, { properties = {}, required = [] }: FieldSchema, headings: Headings): string {
  const rows = Object.entries(properties).map(([name, field]) => {
    if (field.description === undefined) throw new Error(`${path}.${name} has no description`);
    const [, meaning, unit = ""] = /^(.*?)(?: \[([^\],]+)\])?$/.exec(field.description)!;
    const standard =
      field.default !== undefined
        ? `\`${JSON.stringify(field.default)}\``
        : required.includes(name)
          ? "needed"
          : "none";
    return `| \`${name}\` | ${typeOf(field, headings)} | ${unit} | ${standard} | ${meaning} |\n`;
  });
  return `| field | type | unit | default | meaning |\n|---|---|---|---|---|\n${rows.join("")}`;
}

function typeOf(schema: FieldSchema, headings: Headings): string {
  const heading = headings.get(schema.title);
  if (heading !== undefined && schema.title !== undefined) {
    return `[${heading.toLowerCase()}](#${heading.toLowerCase().replaceAll(" ", "-")})`;
  }
  if (schema.anyOf !== undefined) return unionOf(schema.anyOf, headings);
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(", ");
  if (schema.prefixItems !== undefined) {
    return `[${schema.prefixItems.map((one) => typeOf(one, headings)).join(", ")}]`;
  }
  switch (schema.type) {
    case "integer":
      return `whole number from ${schema.minimum}`;
    case "number":
      return schema.minimum === 0 ? "number from 0" : "number above 0";
    case "string":
      return "text";
    case "boolean":
      return "`true` or `false`";
    case "null":
      return "`null`";
    case "array":
      return schema.items ? `list of ${plural(typeOf(schema.items, headings))}` : "list";
    default:
      return typeof schema.additionalProperties === "object"
        ? `by name: ${typeOf(schema.additionalProperties, headings)}`
        : "fields";
  }
}

/** A number or text is an expression over sizes; of fields, those that each alternative has. */
function unionOf(schemas: readonly FieldSchema[], headings: Headings): string {
  const isExpression = schemas.some(({ type }) => type === "number") && schemas.some(({ type }) => type === "string");
  const others = isExpression ? schemas.filter(({ type }) => type !== "number" && type !== "string") : schemas;
  const words = others.map((one) => {
    const names = Object.keys(one.properties ?? {}).map((name) => `\`${name}\``);
    return names.length > 0 ? `fields ${names.join(", ")}` : typeOf(one, headings);
  });
  return [...new Set([...(isExpression ? ["size expression"] : []), ...words])].join(" or ");
}

function plural(type: string): string {
  return type
    .replace(/^text$/, "texts")
    .replace(/^whole number /, "whole numbers ")
    .replace(/^list /, "lists ");
}
