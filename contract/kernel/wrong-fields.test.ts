import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { wrongFields } from './wrong-fields.ts';

const Options = z.strictObject({
  baudRate: z.union([115200, 9600].map((rate) => z.literal(rate))).default(115200),
  parity: z.enum(['none', 'even']).default('none'),
  times: z.strictObject({ answerMs: z.number().int().positive().default(100) }).prefault({}),
});

function wrong(value: unknown): string {
  const read = Options.safeParse(value);
  assert.ok(!read.success);
  return wrongFields(read.error, Options, value, 'devices.0.options');
}

test('a wrong field is told with its name, its value and what is allowed', () => {
  assert.equal(wrong({ baudRate: 1200 }), 'devices.0.options.baudRate: 1200 is not allowed; allowed: 115200, 9600');
  assert.equal(wrong({ parity: 'odd' }), 'devices.0.options.parity: "odd" is not allowed; allowed: none, even');
  assert.equal(
    wrong({ times: { answerMs: 'soon' } }),
    'devices.0.options.times.answerMs: "soon" is not allowed; expected number',
  );
  assert.equal(wrong({ times: { answerMs: 0 } }), 'devices.0.options.times.answerMs: 0 is not allowed; more than 0');
});

test('a field nobody knows is told with the fields there are', () => {
  assert.equal(wrong({ baud: 1 }), 'devices.0.options.baud: no such field; allowed: baudRate, parity, times');
  assert.equal(wrong({ times: { ms: 1 } }), 'devices.0.options.times.ms: no such field; allowed: answerMs');
});

test('what is missing is called missing, and several mistakes come together', () => {
  const Place = z.object({ id: z.string(), port: z.string() });
  const read = Place.safeParse({});
  assert.ok(!read.success);
  assert.equal(wrongFields(read.error, Place, {}), 'id: missing; expected string; port: missing; expected string');
});
