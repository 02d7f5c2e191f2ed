import assert from 'node:assert/strict';
import test from 'node:test';
import { hashOf, parsePlace } from './place.ts';

test('a place written into the address is read back the same, whatever its number holds', () => {
  const place = { page: 'quarantine', id: '300120/business/7', query: { state: 'open', q: '一 & 二' } };
  assert.deepEqual(parsePlace(hashOf(place)), place);
});

test('what is empty does not stand in the address, and a broken address is no page', () => {
  assert.equal(hashOf({ page: 'fleet', id: '', query: { health: '' } }), '#/fleet');
  assert.deepEqual(parsePlace('#/fleet/%E0%A4%A'), { page: 'fleet', id: '', query: {} });
  assert.deepEqual(parsePlace(''), { page: '', id: '', query: {} });
});
