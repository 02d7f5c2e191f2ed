import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GROUP, type IppAttribute, type IppAttributes, TAG, decodeIpp, encodeIpp, ipp } from './ipp.ts';

const message = (attributes: IppAttributes) => ({
  version: [2, 0] as const,
  code: 0x0b,
  requestId: 1,
  groups: [{ tag: GROUP.operation, attributes }],
  data: new Uint8Array(0),
});

test('a value that a printer does not have', () => {
  const decoded = decodeIpp(encodeIpp(message({ 'time-at-completed': { tag: TAG.integer, values: [null] } })));
  assert.ok(decoded.ok);
  assert.deepEqual(decoded.value.groups[0]?.attributes['time-at-completed']?.values, [null]);
});

test('what cannot be said in IPP is refused before it is sent', () => {
  const range: IppAttribute = { tag: TAG.integer, values: [{ lower: 1, upper: 2 }] };
  assert.throws(() => encodeIpp(message({ copies: range })), TypeError);
  assert.throws(() => encodeIpp(message({ 'job-name': ipp.text('x'.repeat(0x8000)) })), RangeError);
});

test('collections in collections without end are not followed', () => {
  let nested: IppAttribute = ipp.integer(1);
  for (let depth = 0; depth < 12; depth++) nested = ipp.collection({ members: { deeper: nested } });
  const decoded = decodeIpp(encodeIpp(message({ 'media-col': nested })));
  assert.ok(!decoded.ok);
  assert.match(decoded.error, /^byte \d+ of \d+: collections nest too deep$/);
});
