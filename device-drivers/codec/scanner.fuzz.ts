import assert from 'node:assert/strict';
import { mutations } from './fuzz.ts';
import { NOTHING_PENDING, type Pending, type Rules, decode } from './scanner.ts';

const LINES = ['TICKET-7K2M9Q\r\n', 'https://example.invalid/q?c=42\r', '住房公积金凭证\n', '!', 'A'.repeat(1_100)].map(
  (line) => Buffer.from(line),
);
export const FUZZ_RULES: Rules = { grammars: ['text'], longest: 1_024 };

/** No throw, no hang, a bounded rest; and nothing that is called a code holds a control character. */
export function fuzzScannerCodec(count: number): void {
  let pending: Pending = NOTHING_PENDING;
  let codes = 0;
  for (const bytes of mutations(LINES, count, 1502)) {
    const decoded = decode(pending, bytes, FUZZ_RULES, Uint8Array.of(0x21));
    pending = decoded.pending;
    assert.ok(pending.bytes.length <= FUZZ_RULES.longest, 'what is not understood grows without end');
    for (const scanned of decoded.found) {
      if (scanned.is !== 'code') continue;
      codes++;
      assert.doesNotMatch(scanned.text, /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u, 'a control character passed');
      assert.ok(Buffer.byteLength(scanned.text) <= FUZZ_RULES.longest, 'an over-long code passed');
    }
  }
  assert.ok(codes > count / 100, 'the fuzzing hit no codes at all');
}
