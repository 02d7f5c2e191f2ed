import assert from 'node:assert/strict';
import { CONDITION_CODES, type SlipPrinterStatus, StatusReader, decodeRealtimeStatus } from './escpos-status.ts';
import { mutations } from './fuzz.ts';

/** Answers to DLE EOT, to GS r, automatic reports of several states, and one inside the other. */
const ANSWERS = [
  Uint8Array.of(0x16, 0x12, 0x12, 0x12),
  Uint8Array.of(0x1e, 0x36, 0x1a, 0x7e),
  Uint8Array.of(0x00),
  Uint8Array.of(0x0c),
  Uint8Array.of(0x14, 0x00, 0x00, 0x0f),
  Uint8Array.of(0x3c, 0x08, 0x0c, 0x0f),
  Uint8Array.of(0x14, 0x12, 0x40, 0x12, 0x03, 0x0f),
];

const isStatus = ({ condition }: SlipPrinterStatus) => condition === 'ready' || condition in CONDITION_CODES;

/** No throw; a byte is told at most once, nothing but an unfinished report is kept, and a pause ends that too. */
export function fuzzSlipStatus(count: number): void {
  const reader = new StatusReader();
  let reports = 0;
  for (const bytes of mutations(ANSWERS, count, 1404)) {
    const messages = reader.push(bytes);
    // Three bytes of a report begun before, at the most, end in this call.
    assert.ok(messages.length <= bytes.length, 'more was told than came');
    for (const message of messages) {
      if (message.type !== 'asb') continue;
      reports++;
      assert.ok(isStatus(message.status), 'a status that no code is known for');
    }
    const [printer = 0, offlineCause = 0, error = 0, paper = 0] = bytes;
    const status = decodeRealtimeStatus({ printer, offlineCause, error, paper });
    if (status) assert.ok(isStatus(status), 'a status that no code is known for');
    if (messages.length % 7 === 6) {
      reader.reset();
      assert.deepEqual(reader.push(Uint8Array.of(0x00)), [{ type: 'paperInTurn', byte: 0 }], 'a pause forgot nothing');
    }
  }
  assert.ok(reports > count / 100, 'the fuzzing hit no reports at all');
}
