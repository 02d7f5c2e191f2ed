import assert from 'node:assert/strict';
import { mutations } from './fuzz.ts';
import { cardParts, parseIdCard, parseNewAddress } from './id-card.ts';
import {
  type CommandName,
  MAX_FRAME,
  NOTHING_PENDING,
  SW,
  decode,
  describeStatus,
  encodeAnswer,
  encodeRequest,
  parseAnswer,
  samNumber,
} from './sdt.ts';

const NO_DATA = new Uint8Array(0);
const TEXT = (() => {
  const text = Buffer.alloc(256, Buffer.from(' ', 'utf16le'));
  const fields = { 0: '沈知夏', 30: '2', 32: '01', 36: '19910418', 122: '38', 188: '20200101', 204: '长期' };
  for (const [offset, value] of Object.entries(fields)) text.write(value, Number(offset), 'utf16le');
  return text;
})();
const answer = (sw3: number, data: Uint8Array) => encodeAnswer({ sw1: 0, sw2: 0, sw3, data });
const REQUESTS = (['samStatus', 'samId', 'findCard'] as const satisfies CommandName[]).map((name) =>
  encodeRequest(name),
);
const ANSWERS = [
  answer(SW.success, NO_DATA),
  answer(SW.cardFound, new Uint8Array(4)),
  answer(SW.success, new Uint8Array(16)),
  answer(SW.success, new Uint8Array(70)),
  answer(SW.readFailed, NO_DATA),
  // Pictures short enough that most of what is spoilt is not the picture.
  answer(SW.success, Buffer.concat([Uint8Array.of(1, 0, 0, 16), TEXT, new Uint8Array(16)])),
  answer(SW.success, Buffer.concat([Uint8Array.of(1, 0, 0, 16, 0, 8), TEXT, new Uint8Array(24)])),
];

/** No throw, no hang, no more kept than one frame; and whatever was understood can be looked at. */
export function fuzzSdtCodec(count: number): void {
  let pending: Uint8Array = NOTHING_PENDING;
  let understood = 0;
  for (const bytes of mutations([...REQUESTS, ...ANSWERS], count, 2_019)) {
    const decoded = decode(pending, bytes);
    pending = decoded.pending;
    assert.ok(pending.length <= MAX_FRAME, 'what is not understood grows without end');
    // A driver drops what is left over before each command.
    if (bytes.length % 3 === 0) pending = NOTHING_PENDING;
    for (const body of decoded.bodies) {
      const parsed = parseAnswer(body);
      if (!parsed) continue;
      understood++;
      look(parsed.data);
      assert.match(describeStatus(parsed), /^SW /);
    }
  }
  assert.ok(understood > count / 20, 'the fuzzing hit no frames at all');
}

function look(data: Uint8Array): void {
  for (const count of [2, 3] as const) {
    const parts = cardParts(data, count);
    if (parts.ok) parseIdCard(parts.value.text);
  }
  parseNewAddress(data);
  samNumber(data);
}
