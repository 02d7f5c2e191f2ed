import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StatusReader, decodeAsb, decodeRealtimeStatus, isRealtimeStatus } from './escpos-status.ts';

const ready = { printer: 0x12, offlineCause: 0x12, error: 0x12, paper: 0x12 };

test('a printer without paper answers as the manuals say', () => {
  assert.deepEqual(decodeRealtimeStatus({ ...ready, printer: 0x1a, offlineCause: 0x32, paper: 0x7e }), {
    condition: 'paperEnd',
    paperNearEnd: true,
  });
});

test('near end is a warning and not an end', () => {
  assert.deepEqual(decodeRealtimeStatus({ ...ready, paper: 0x1e }), { condition: 'ready', paperNearEnd: true });
});

test('with the cover open the old paper bits do not count', () => {
  assert.equal(
    decodeRealtimeStatus({ ...ready, printer: 0x1a, offlineCause: 0x16, paper: 0x7e })?.condition,
    'coverOpen',
  );
});

test('cutter, hot head and a fault that stays are told apart', () => {
  assert.equal(decodeRealtimeStatus({ ...ready, error: 0x1a })?.condition, 'cutterError');
  assert.equal(decodeRealtimeStatus({ ...ready, error: 0x52 })?.condition, 'headHot');
  assert.equal(decodeRealtimeStatus({ ...ready, error: 0x32 })?.condition, 'unrecoverable');
});

test('a byte without the fixed bits is no status, whatever its other bits say', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), (byte) => {
      const decoded = decodeRealtimeStatus({ ...ready, paper: byte });
      assert.equal(decoded !== undefined, (byte & 0x93) === 0x12);
      assert.equal(isRealtimeStatus(byte), (byte & 0x93) === 0x12);
    }),
  );
});

test('an automatic report says the same as the answers', () => {
  assert.deepEqual(decodeAsb(Uint8Array.of(0x10, 0, 0, 0)), { condition: 'ready', paperNearEnd: false });
  assert.deepEqual(decodeAsb(Uint8Array.of(0x18, 0, 0x0f, 0)), { condition: 'paperEnd', paperNearEnd: true });
  assert.equal(decodeAsb(Uint8Array.of(0x38, 0, 0, 0))?.condition, 'coverOpen');
  assert.equal(decodeAsb(Uint8Array.of(0x18, 0x08, 0, 0))?.condition, 'cutterError');
});

test('answers and reports are told apart however the line cuts and mixes them', () => {
  const answer = fc.integer({ min: 0, max: 255 }).map((n) => (n & 0x6c) | 0x12);
  const report = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3, maxLength: 3 }))
    .map(([first, rest]) => [(first & 0x6c) | 0x10, ...rest.map((byte) => byte & 0x6f)]);
  fc.assert(
    fc.property(report, fc.array(answer, { maxLength: 5 }), fc.nat(4), (asb, answers, place) => {
      const bytes = [...asb.slice(0, place), ...answers, ...asb.slice(place)];
      const reader = new StatusReader();
      const messages = bytes.flatMap((byte) => reader.push(Uint8Array.of(byte)));
      assert.deepEqual(
        messages.filter((message) => message.type === 'realtime').map(({ byte }) => byte),
        answers,
      );
      assert.equal(messages.filter((message) => message.type === 'asb').length, 1);
    }),
  );
});

test('noise on the line never makes the reader fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      const reader = new StatusReader();
      reader.push(noise);
      assert.deepEqual(reader.push(Uint8Array.of(0x12)), [{ type: 'realtime', byte: 0x12 }]);
    }),
  );
});

test('four bytes that are no report are none', () => {
  const report = [0x10, 0x00, 0x00, 0x00];
  assert.deepEqual(decodeAsb(Uint8Array.from(report)), { condition: 'ready', paperNearEnd: false });
  for (const [at, byte] of [
    [0, 0x12],
    [1, 0x10],
    [3, 0x80],
  ] as const) {
    const spoilt = Uint8Array.from(report);
    spoilt[at] = byte;
    assert.equal(decodeAsb(spoilt), undefined, `byte ${at}`);
  }
  assert.equal(decodeAsb(Uint8Array.from([...report, 0])), undefined);
});
