import { explain } from '@kiosk/contract/errors/catalogue.ts';
import * as api from '@kiosk/contract/platform/api.ts';
import * as documents from '@kiosk/contract/platform/documents.ts';
import * as downlink from '@kiosk/contract/platform/downlink.ts';
import * as enrolment from '@kiosk/contract/platform/enrolment.ts';
import * as ingest from '@kiosk/contract/platform/ingest.ts';
import * as reconciliation from '@kiosk/contract/platform/reconciliation.ts';
import * as common from '@kiosk/contract/services/common.ts';
import { z } from 'zod';
import { GATE_CODES } from '../gates/gates.ts';
import { statusOf } from '../refusal.ts';
import { type RouteDoc, TAGS } from './route.ts';
import { ROUTES } from './routes.ts';
import { WEB_ROUTES } from './web-routes.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;
export interface MediaType {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}
export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: { readonly 'application/json': MediaType };
  /** Codes of the error catalogue that come with this status. */
  readonly 'x-codes'?: readonly string[];
}
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required: true;
    readonly schema: JsonSchema;
    readonly example: string;
  }[];
  readonly requestBody?: { readonly required: true; readonly content: { readonly 'application/json': MediaType } };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>>;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<'get' | 'post', Operation>>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

/** Refusals of every route: who calls, how often, what shape, and our own bugs; with their status where it is not the code's own. */
const OF_SHAPE = [400, 404, 408, 413, 415] as const;
const OF_CALLERS = ['E3105', 'E3108', 'E3109', 'E3110'];

const shapes = z.registry<{ id: string }>();
for (const module of [common, api, documents, ingest, enrolment, downlink, reconciliation]) {
  for (const [name, value] of Object.entries(module)) {
    if (value instanceof z.ZodType && !shapes.has(value)) shapes.add(value, { id: name });
  }
}
const at = (name: string) => `#/components/schemas/${name}`;

/**
 * The platform's interface as OpenAPI 3.1: the shapes of the contract, every refusal with its code, mutual TLS. Shapes are
 * those of a caller's side: an answer may gain fields within a version, and who reads it passes over what it does not know.
 */
export function openApiDocument(): OpenApiDocument {
  const paths: Record<string, Partial<Record<'get' | 'post', Operation>>> = {};
  for (const route of [...ROUTES, ...WEB_ROUTES]) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: '住房公积金自助终端中心平台 · Central platform for provident fund terminals',
      version: '1',
      summary: 'What terminals and other channels call',
      description:
        'Terminals: HTTPS with mutual TLS, the common name of the client certificate is the number of the terminal. Other channels (/web/v1) and authorities (/outward/v1) call the public listener with the keys they were given. A refusal is a status of 4xx with a code of the error catalogue; a detail never holds personal data. Versioned by path and additive within a version. Every example is invented.',
      license: { name: 'Proprietary', url: 'https://localhost/' },
    },
    tags: Object.entries(TAGS).map(([name, { zh, en }]) => ({ name, description: `${zh} · ${en}` })),
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        appId: { type: 'apiKey', in: 'header', name: 'x-app-id', description: 'The channel’s application' },
        appKey: { type: 'apiKey', in: 'header', name: 'x-app-key', description: 'Shown once to who approved it' },
        session: { type: 'http', scheme: 'bearer', description: 'The session of a person or a unit that signed in' },
        department: { type: 'apiKey', in: 'header', name: 'x-department' },
        departmentKey: { type: 'apiKey', in: 'header', name: 'x-department-key' },
        terminalCertificate: {
          type: 'mutualTLS',
          description:
            'Client certificate of the centre’s authority, common name: the six digits of the terminal. It is given by enrol and renewed by renewCertificate.',
        },
      },
    },
  };
}

function namedSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(shapes, { io: 'input', unrepresentable: 'any', uri: at });
  return Object.fromEntries(
    Object.entries(schemas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => [name, plain(schema)]),
  );
}

function schemaOf(shape: z.ZodType): JsonSchema {
  const name = shapes.get(shape)?.id;
  if (name !== undefined) return { $ref: at(name) };
  const whole = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any', metadata: shapes });
  return pointed(plain(whole)) as JsonSchema;
}

/** A shape alone brings the named ones along under $defs; here they have a place of their own. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inside]) => {
      if (key === '$defs') return [];
      if (key === '$ref' && typeof inside === 'string') return [[key, inside.replace('#/$defs/', at(''))]];
      return [[key, pointed(inside)]];
    }),
  );
}

function plain(schema: object): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => !['$schema', '$id', 'id', '~standard'].includes(key)),
  );
}

/** Alternatives of what has to be shown together. */
const SECURITY: Readonly<Record<RouteDoc['security'], readonly (readonly string[])[]>> = {
  certificate: [['terminalCertificate']],
  none: [],
  app: [['appId', 'appKey']],
  session: [['appId', 'appKey', 'session']],
  unit: [['appId', 'appKey', 'session']],
  department: [['department', 'departmentKey']],
};

function operation(route: RouteDoc): Operation {
  const { operationId, tag, summary, description, security, parameters, request, answer, example } = route;
  return {
    operationId,
    tags: [tag],
    summary: `${summary.zh} · ${summary.en}`,
    ...(description ? { description: `${description.zh}\n\n${description.en}` } : {}),
    security: SECURITY[security].map((names) => Object.fromEntries(names.map((name) => [name, []]))),
    ...(parameters
      ? {
          parameters: parameters.map(({ name, in: where, schema, example: value }) => ({
            name,
            in: where,
            required: true as const,
            schema: schemaOf(schema),
            example: value,
          })),
        }
      : {}),
    ...(request
      ? {
          requestBody: {
            required: true as const,
            content: {
              'application/json': {
                schema: schemaOf(request),
                ...(example.request === undefined ? {} : { example: example.request }),
              },
            },
          },
        }
      : {}),
    responses: {
      '200': {
        description: summary.en,
        content: {
          'application/json': {
            schema: schemaOf(answer),
            ...(example.answer === undefined ? {} : { example: example.answer }),
          },
        },
      },
      ...refusals(route),
    },
  };
}

/** Every code a route may refuse with, by status. */
export function codesOf(route: RouteDoc): Readonly<Record<string, readonly string[]>> {
  const found = new Map<number, Set<string>>();
  const add = (status: number, code: string) => found.set(status, (found.get(status) ?? new Set()).add(code));
  for (const status of OF_SHAPE) add(status, 'E9005');
  for (const code of ['E3106', 'E9006', 'E9008', ...route.refusals]) add(statusOf(code), code);
  if (route.security === 'certificate') for (const code of OF_CALLERS) add(statusOf(code), code);
  if (route.gated) for (const code of GATE_CODES) add(statusOf(code), code);
  for (const code of route.conflict?.codes ?? []) add(409, code);
  return Object.fromEntries([...found].sort(([a], [b]) => a - b).map(([status, codes]) => [status, [...codes].sort()]));
}

function refusals(route: RouteDoc): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(codesOf(route)).map(([status, codes]) => {
      const conflict = status === '409' ? route.conflict : undefined;
      const gate = codes.some((code) => GATE_CODES.includes(code));
      const shape = { $ref: at(conflict ? 'BatchConflict' : 'Refusal') };
      const named = { type: 'object', properties: { code: { enum: codes } } };
      return [
        status,
        {
          description: codes.map((code) => `${code} ${explain(code).technician.en}`).join('; '),
          ...(status === '429' ? { headers: RETRY_AFTER } : {}),
          content: {
            'application/json': {
              schema: gate
                ? { anyOf: [{ $ref: at('GateRefusal') }, { allOf: [shape, named] }] }
                : { allOf: [shape, named] },
            },
          },
          'x-codes': codes,
        },
      ];
    }),
  );
}

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait before the next try', schema: { type: 'integer', minimum: 1 } },
};
