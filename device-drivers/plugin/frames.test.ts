import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_MESSAGE, MessageReader, encodeMessage } from './frames.ts';

test('messages come out as they went in, however the pipe cuts them', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), sizes, (messages, cuts) => {
      const stream = Buffer.concat(messages.map(encodeMessage));
      const reader = new MessageReader();
      const found: unknown[] = [];
      for (let at = 0, i = 0; at < stream.length; i++) {
        const size = cuts[i % cuts.length]!;
        const read = reader.push(stream.subarray(at, at + size));
        assert.ok(read.ok);
        found.push(...read.value);
        at += size;
      }
      assert.deepEqual(found, JSON.parse(JSON.stringify(messages)));
      assert.equal(reader.pendingBytes, 0);
    }),
  );
});

test('a message longer than any may be is refused by its length, before it came', () => {
  const reader = new MessageReader();
  assert.deepEqual(reader.push(Uint8Array.of(0x7f, 0xff, 0xff, 0xff)), { ok: false, error: 'tooLong' });
  assert.deepEqual(reader.push(encodeMessage({})), { ok: false, error: 'tooLong' }, 'the stream has lost its step');
  assert.equal(reader.pendingBytes, 0);
  assert.throws(() => encodeMessage('x'.repeat(MAX_MESSAGE)), RangeError);
});

test('text that is no JSON, or no UTF-8', () => {
  for (const body of [Buffer.from('{'), Uint8Array.of(0x22, 0xff, 0x22), new Uint8Array(0)]) {
    const header = Uint8Array.of(0, 0, 0, body.length);
    assert.deepEqual(new MessageReader().push(Buffer.concat([header, body])), { ok: false, error: 'notJson' });
  }
});
