import assert from 'node:assert/strict';
import { CRT, CRT_STATUS_LENGTH, decodeCrt, encodeCrt } from './crt.ts';
import {
  ACK,
  type Decoded,
  MAX_TEXT,
  NAK,
  encodeAnswerText,
  encodeText,
  parseAnswerText,
  parseCommandText,
} from './f2.ts';
import { mutations } from './fuzz.ts';
import { ICT, ICT_STATUS_LENGTH, decodeIct, encodeIct } from './ict.ts';

/** Head, length and trailer around the longest text. */
const MOST_PENDING = MAX_TEXT + 6;

const TEXTS = [
  encodeText(CRT.status),
  encodeText({ ...ICT.chipAuto, data: Buffer.alloc(40, 0xf2) }),
  ...[0, 3, 40, 300].map((length) =>
    encodeAnswerText({ good: true, cm: 0x51, pm: 0x39, code: '200', data: Buffer.alloc(length, 0x03) }),
  ),
  encodeAnswerText({ good: false, cm: 0x32, pm: 0x31, code: '10', data: new Uint8Array(0) }, 0x45),
];

/** No throw, no hang, a bounded rest; and a whole frame after any noise is understood once the noise is forgotten. */
function fuzz(
  encode: (text: Uint8Array) => Uint8Array,
  decode: (pending: Uint8Array, chunk: Uint8Array) => Decoded,
  statusLength: number,
  count: number,
): void {
  const frames = [...TEXTS.map((text) => encode(text)), Uint8Array.of(ACK, 0x10, 0x04), Uint8Array.of(NAK, 0x04)];
  let pending: Uint8Array = new Uint8Array(0);
  let texts = 0;
  for (const bytes of mutations(frames, count, 571)) {
    const decoded = decode(pending, bytes);
    pending = decoded.pending;
    assert.ok(pending.length <= MOST_PENDING, 'what is not understood grows without end');
    for (const item of decoded.items) {
      if (item.type !== 'text') continue;
      texts++;
      parseAnswerText(item.text, statusLength);
      parseCommandText(item.text);
    }
  }
  assert.ok(texts > count / 100, 'the fuzzing hit no whole frames at all');
  assert.equal(decode(new Uint8Array(0), frames[0]!).items[0]?.type, 'text');
}

export const fuzzCrtCodec = (count: number) => fuzz(encodeCrt, decodeCrt, CRT_STATUS_LENGTH, count);
export const fuzzIctCodec = (count: number) => fuzz(encodeIct, decodeIct, ICT_STATUS_LENGTH, count);
