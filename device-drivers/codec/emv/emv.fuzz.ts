import assert from 'node:assert/strict';
import { mutations } from '../fuzz.ts';
import { syntheticCardNumber } from '../../suites/synthetic-card.ts';
import { encodeResponse, parseCommand, parseResponse } from './apdu.ts';
import { PSE, readAtOnce } from './read.ts';
import { encodeTlv, parseTlv } from './tlv.ts';

const good = (...parts: readonly Uint8Array[]) => encodeResponse({ data: Buffer.concat(parts), sw: 0x9000 });
const NUMBER = syntheticCardNumber(6201, 19);
const AID = Buffer.from('A000000333010101', 'hex');

/** Answers of a card in the order of a reading, and what cards say otherwise. */
const ANSWERS = [
  good(encodeTlv(0x6f, encodeTlv(0x84, PSE), encodeTlv(0xa5, encodeTlv(0x88, Uint8Array.of(1))))),
  good(encodeTlv(0x70, encodeTlv(0x61, encodeTlv(0x4f, AID), encodeTlv(0x87, Uint8Array.of(1))))),
  good(
    encodeTlv(0x6f, encodeTlv(0x84, AID), encodeTlv(0xa5, encodeTlv(0x9f38, Uint8Array.of(0x9a, 3, 0x9f, 0x37, 4)))),
  ),
  good(encodeTlv(0x77, encodeTlv(0x82, Uint8Array.of(0x7c, 0)), encodeTlv(0x94, Uint8Array.of(0x10, 1, 2, 0)))),
  good(encodeTlv(0x80, Uint8Array.of(0x7c, 0, 0x10, 1, 3, 0))),
  good(encodeTlv(0x70, encodeTlv(0x57, Buffer.from(`${NUMBER}D3105220F`, 'hex')))),
  good(
    encodeTlv(0x70, encodeTlv(0x5a, Buffer.from(`${NUMBER}F`, 'hex')), encodeTlv(0x5f24, Uint8Array.of(0x31, 5, 0x31))),
  ),
  Uint8Array.of(0x61, 0x20),
  Uint8Array.of(0x6c, 0x10),
  Uint8Array.of(0x6a, 0x83),
];

/** Every command a reading may send; a card that answers nonsense for ever is given up. */
const MOST_COMMANDS = 160;

/** No throw, no hang; a reading ends, and a number that comes out of nonsense still is 12 to 19 digits. */
export function fuzzEmvReading(count: number): void {
  const answers = mutations(ANSWERS, count, 333);
  let numbers = 0;
  for (let left = true; left;) {
    let commands = 0;
    const card = readAtOnce(() => {
      assert.ok(++commands <= MOST_COMMANDS, 'a reading goes on without end');
      const next = answers.next();
      left = !next.done;
      const bytes = next.value ?? Uint8Array.of(0x6f, 0x00);
      parseCommand(bytes);
      parseTlv(bytes);
      return parseResponse(bytes) ?? { data: new Uint8Array(0), sw: 0x6f00 };
    });
    if (!card.ok) continue;
    numbers++;
    assert.match(card.value.number, /^\d{12,19}$/);
  }
  assert.ok(numbers > 10, 'the fuzzing never came as far as a number');
}
