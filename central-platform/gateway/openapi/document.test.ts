import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import { platformRoutes } from '@kiosk/contract/platform/api.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { webRoutes } from '../../channels/contract.ts';
import { openApiDocument } from './document.ts';
import { ROUTES } from './routes.ts';
import { WEB_ROUTES } from './web-routes.ts';

const document = openApiDocument();

test('the document is OpenAPI 3.1 by the published schema of the standard', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document) as unknown as Record<string, unknown>);
  assert.ok(valid, String(JSON.stringify(errors, null, 1)));
  assert.equal(validator.version, '3.1');
});

test('every reference leads somewhere', () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(Object.hasOwn(document.components.schemas, name!), `${name} is nowhere`);
  }
  assert.doesNotMatch(text, /\$defs|__shared/);
});

test('every example is one the contract takes', () => {
  for (const { operationId, request, answer, example, summary } of [...ROUTES, ...WEB_ROUTES]) {
    assert.notEqual(summary.zh, operationId, `${operationId} has no words in openapi/routes.ts`);
    if (request) assert.ok(request.safeParse(example.request).success, `request of ${operationId}`);
    const parsed = answer.safeParse(example.answer);
    assert.ok(parsed.success, `answer of ${operationId}: ${parsed.error?.message}`);
  }
});

test('every route of the contract is there, each with its refusals from the catalogue', () => {
  for (const { path, method } of Object.values(platformRoutes)) {
    assert.ok(document.paths[path]?.[method === 'GET' ? 'get' : 'post'], path);
  }
  for (const { path, method } of Object.values(webRoutes)) {
    const written = path.replaceAll(/:(\w+)/g, '{$1}');
    assert.ok(document.paths[written]?.[method === 'GET' ? 'get' : 'post'], written);
  }
  for (const operations of Object.values(document.paths)) {
    for (const { operationId, responses, security } of Object.values(operations)) {
      const codes = Object.values(responses).flatMap((response) => response['x-codes'] ?? []);
      for (const code of codes) assert.ok(Object.hasOwn(catalogue, code), `${operationId}: ${code}`);
      const certified = security.some((one) => 'terminalCertificate' in one);
      assert.equal(codes.includes('E3105'), certified, `${operationId}: who must show a certificate`);
      assert.ok(codes.includes('E3106') && codes.includes('E9005'), operationId);
    }
  }
});

test('a gate may refuse what a person asks for, and never what a terminal owes the centre', () => {
  const gated = ROUTES.filter((route) => route.gated);
  for (const { tag, operationId } of gated) assert.equal(tag, 'session', operationId);
  const free = ROUTES.filter(({ tag, gated: shut }) => !shut && tag === 'session');
  assert.deepEqual(
    free.map(({ operationId }) => operationId),
    ['endIdentity'],
  );
});
