import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestPlatform, type TestPlatform } from '../../testing/installation.ts';
import { openApiDocument } from './document.ts';
import { apiPage } from './page.ts';
import { ROUTES } from './routes.ts';
import { WEB_ROUTES } from './web-routes.ts';

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform();
});
after(() => platform.end());

test('the document a running platform serves is the one that was checked', async () => {
  const response = await fetch(`${platform.running.publicUrl}/openapi.json`);
  assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.deepEqual(await response.json(), JSON.parse(JSON.stringify(openApiDocument())));
});

test('the page names every route and shape, loads nothing from elsewhere, and its links lead somewhere', async () => {
  const response = await fetch(`${platform.running.publicUrl}/api`);
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  const page = await response.text();
  for (const { operationId, path } of [...ROUTES, ...WEB_ROUTES]) {
    assert.ok(page.includes(`id="${operationId}"`) && page.includes(path), operationId);
  }
  assert.doesNotMatch(page, /<script|src=|@import|undefined|\[object/);
  const anchors = new Set([...page.matchAll(/id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(anchors.has(anchor), `#${anchor} is nowhere`);
});

test('text of the document cannot become markup of the page', () => {
  const document = openApiDocument();
  const page = apiPage({ ...document, info: { title: '<img> · "&', description: '<script>x</script>' } }, false);
  assert.doesNotMatch(page, /<script|<img/);
});
