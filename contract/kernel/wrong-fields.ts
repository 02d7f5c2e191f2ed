import { z } from 'zod';

/**
 * What is wrong in something that people wrote: each field with the value it has and what is allowed, in one line.
 * `under` is where the whole stands, e.g. `devices.0.options`. Not for input that may hold secrets or personal data.
 */
export function wrongFields(error: z.ZodError, schema: z.ZodType, value: unknown, under = ''): string {
  return error.issues.map((issue) => wrongField(issue, schema, value, under)).join('; ');
}

function wrongField(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown, under: string): string {
  if (issue.code === 'unrecognized_keys') {
    const inside = at(schema, issue.path);
    const allowed = inside instanceof z.ZodObject ? `; allowed: ${Object.keys(inside.shape).join(', ')}` : '';
    return issue.keys.map((key) => `${name(under, [...issue.path, key])}: no such field${allowed}`).join('; ');
  }
  const found = issue.path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
  return `${name(under, issue.path)}: ${show(found)}; ${allowedBy(issue)}`;
}

const name = (under: string, path: readonly PropertyKey[]) =>
  [...(under === '' ? [] : [under]), ...path.map(String)].join('.') || '(whole)';

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return `${text.length > 60 ? `${text.slice(0, 57)}...` : text} is not allowed`;
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `allowed: ${issue.values.map(String).join(', ')}`;
    case 'invalid_union': {
      const choices = issue.errors.flat().map(allowedBy);
      const values = choices.flatMap((text) => (text.startsWith('allowed: ') ? [text.slice('allowed: '.length)] : []));
      return values.length === choices.length ? `allowed: ${values.join(', ')}` : choices.join(' or ');
    }
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** The schema that stands at a path, looking through defaults. */
function at(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let inside: unknown = schema;
  for (const key of [undefined, ...path]) {
    if (key !== undefined) {
      if (inside instanceof z.ZodObject) inside = inside.shape[String(key)];
      else if (inside instanceof z.ZodArray) inside = inside.element;
      else return undefined;
    }
    while (inside instanceof z.ZodDefault || inside instanceof z.ZodPrefault || inside instanceof z.ZodOptional)
      inside = inside.unwrap();
  }
  return inside instanceof z.ZodType ? inside : undefined;
}
