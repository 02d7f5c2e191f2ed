import { z } from 'zod';

/** The part of JSON Schema that the contract's shapes come out as. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly contentEncoding?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly default?: unknown;
}

/** Shapes that have a name of their own: they are described once and linked to from everywhere else. */
export class NamedShapes {
  readonly #shapes = new Map<string, z.ZodType>();
  readonly #registry = z.registry<{ id: string }>();

  /** Takes every shape a contract module exports, under its own name. */
  add(module: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(module)) {
      if (!(value instanceof z.ZodType) || this.#shapes.has(name)) continue;
      this.#shapes.set(name, value);
      this.#registry.add(value, { id: name });
    }
  }

  /** The shape as a caller writes it; a named shape inside it is a reference. */
  schemaOf(shape: z.ZodType): Schema {
    return z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any', metadata: this.#registry }) as Schema;
  }

  nameOf(shape: z.ZodType): string | undefined {
    return this.#registry.get(shape)?.id;
  }

  /** A named shape itself, not a reference to it. */
  describe(name: string): Schema {
    const shape = this.#shapes.get(name);
    if (!shape) throw new RangeError(`no shape is called ${name}`);
    const whole = this.schemaOf(shape) as Schema & { $defs?: Readonly<Record<string, Schema>> };
    return whole.$ref ? (whole.$defs?.[name] ?? whole) : whole;
  }
}

const referred = (ref: string) => ref.split('/').at(-1)!;

/** Names of the shapes a schema refers to, at any depth. */
export function referencesIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === '$ref' ? [referred(String(value))] : key === '$defs' ? [] : referencesIn(value),
  );
}

/** A shape in one line of Markdown: `string`, `'up' | 'cut'`, `{ id: string, code?: [Code](#code) }`. */
export function inline(schema: Schema): string {
  if (schema.$ref) return link(referred(schema.$ref));
  if (schema.const !== undefined) return `'${String(schema.const)}'`;
  if (schema.enum) return schema.enum.map((value) => `'${String(value)}'`).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(inline).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => inline({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'object':
      return objectInline(schema);
    case 'array':
      return `list of ${inline(schema.items ?? {})}${range(schema.minItems, schema.maxItems)}`;
    case 'integer':
    case 'number':
      return numberInline(schema);
    case 'string':
      return stringInline(schema);
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    default:
      return 'anything';
  }
}

export const link = (name: string) => `[${name}](#${name.toLowerCase()})`;

function objectInline(schema: Schema): string {
  if (!schema.properties) {
    const { propertyNames: key, additionalProperties: value } = schema;
    return `{ [${key ? inline(key) : 'string'}]: ${typeof value === 'object' ? inline(value) : 'anything'} }`;
  }
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    return `${name}${schema.required?.includes(name) ? '' : '?'}: ${inline(field)}`;
  });
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function numberInline({ type, minimum, exclusiveMinimum, maximum }: Schema): string {
  const word = type === 'integer' ? 'whole number' : 'number';
  // zod adds the limits of a safe integer to every whole number; they say nothing.
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (exclusiveMinimum === 0) return `${word} > 0`;
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  return `${word}${range(least, most)}`;
}

function stringInline({ contentEncoding, format, pattern, minLength, maxLength }: Schema): string {
  if (contentEncoding === 'base64') return 'base64';
  if (format) return format;
  if (pattern) return `text like \`${pattern.replaceAll('|', '\\|')}\``;
  return `text${range(minLength, maxLength)}`;
}

function range(least: number | undefined, most: number | undefined): string {
  if (least === undefined && most === undefined) return '';
  if (most === undefined) return ` (${least} or more)`;
  return least === undefined ? ` (at most ${most})` : ` (${least} to ${most})`;
}
