import type { JsonSchema, OpenApiDocument } from '@kiosk/central-platform/gateway/openapi/document.ts';
import fc from 'fast-check';
import { HOSTILE } from './hostile-values.ts';

/**
 * Bodies made from the shapes of the OpenAPI document: every field sometimes right, sometimes just inside or outside its limits,
 * sometimes something else altogether.
 */
export function bodiesOf(document: OpenApiDocument, schema: JsonSchema): fc.Arbitrary<unknown> {
  const hostile = fc.constantFrom(...HOSTILE.map(([, value]) => value));

  function right(shape: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const $ref = shape['$ref'];
    if (typeof $ref === 'string') {
      return right(document.components.schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}, depth);
    }
    const choices = (shape['anyOf'] ?? shape['oneOf']) as JsonSchema[] | undefined;
    if (choices) return fc.oneof(...choices.map((choice) => field(choice, depth + 1)));
    if (shape['const'] !== undefined) return fc.constant(shape['const']);
    if (Array.isArray(shape['enum'])) return fc.constantFrom(...(shape['enum'] as unknown[]));
    switch (shape['type']) {
      case 'object':
        return object(shape, depth);
      case 'array':
        return fc.array(field((shape['items'] ?? {}) as JsonSchema, depth + 1), { maxLength: 4 });
      case 'integer':
      case 'number':
        return fc.oneof(
          fc.integer({ min: -2, max: 400 }),
          fc.constantFrom(shape['minimum'] ?? 0, shape['maximum'] ?? 0),
          fc.double(),
        );
      case 'boolean':
        return fc.boolean();
      case 'string':
        return text(shape);
      default:
        return fc.jsonValue({ maxDepth: 3 });
    }
  }

  function text({ pattern, contentEncoding, maxLength }: JsonSchema): fc.Arbitrary<unknown> {
    if (contentEncoding === 'base64') return fc.base64String({ maxLength: 200 });
    const most = typeof maxLength === 'number' ? maxLength + 1 : 60;
    const free = fc.string({ unit: 'binary', maxLength: most });
    return typeof pattern === 'string' && pattern.length < 80
      ? fc.oneof(fc.stringMatching(new RegExp(pattern)), free)
      : free;
  }

  function object(shape: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const { properties, additionalProperties } = shape as {
      properties?: Record<string, JsonSchema>;
      additionalProperties?: JsonSchema | boolean;
    };
    if (properties) {
      const fields = Object.entries(properties).map(([name, inside]) => [name, field(inside, depth + 1)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: Object.keys(properties) });
    }
    return fc.dictionary(
      fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('__proto__', 'constructor', 'toString')),
      field(typeof additionalProperties === 'object' ? additionalProperties : {}, depth + 1),
      { maxKeys: 4 },
    );
  }

  /** One of ten fields is not what it should be. */
  const field = (shape: JsonSchema, depth: number): fc.Arbitrary<unknown> =>
    depth > 8 ? hostile : fc.oneof({ weight: 9, arbitrary: right(shape, depth) }, { weight: 1, arbitrary: hostile });

  return field(schema, 0);
}
