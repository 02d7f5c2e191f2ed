import assert from 'node:assert/strict';
import { IdCard } from '@kiosk/contract/services/device-host.ts';
import { idCheckCharacter } from '@kiosk/domain/id-number.ts';
import { syntheticIdNumber } from '@kiosk/domain/synthetic.ts';
import { mutations } from './fuzz.ts';
import { cardParts, formerNumberLink, parseIdCard, parseNewAddress } from './id-card.ts';

const TEXT_BLOCK = 256;
const NEW_ADDRESS = 70;
const ID = syntheticIdNumber('1984-02-29', 37);
const FIVE_STAR = ((body: string) => body + idCheckCharacter(body))('938' + '999' + '19840229' + '001');
const COMMON = { 0: '林𬭊', 30: '2', 36: '19840229', 122: ID, 188: '20200101', 204: '长期' };

function block(fields: Readonly<Record<number, string>>): Buffer {
  const bytes = Buffer.alloc(TEXT_BLOCK, Buffer.from(' ', 'utf16le'));
  for (const [offset, text] of Object.entries(fields)) bytes.write(text, Number(offset), 'utf16le');
  return bytes;
}

/** One block of each layout. */
const BLOCKS = [
  block({ ...COMMON, 32: '05', 52: '江州市望江区柳荫路18号3幢502室', 158: '江州市公安局' }),
  block({ ...COMMON, 220: 'H00000000', 248: 'J' }),
  block({ ...COMMON, 122: 'XXX380100000001', 158: '伊万', 220: '19840229', 240: '3801', 248: 'I' }),
  block({ ...COMMON, 122: FIVE_STAR, 242: 'XXX', 248: 'Y', 250: '001' }),
];

/** A block as it stands in an answer, before a photo and a fingerprint that are only lengths here. */
const answerOf = (text: Buffer) => Buffer.concat([Uint8Array.of(1, 0, 0, 3, 0, 0), text, Uint8Array.of(1, 2, 3)]);
const ANSWERS = BLOCKS.map(answerOf);

/**
 * No throw. What is called a card fulfils the contract, so that nobody after the reader meets half a character or the
 * 31st of February; what is refused names a field and nothing of its content.
 */
export function fuzzIdCardCodec(count: number): void {
  let cards = 0;
  for (const bytes of mutations(BLOCKS, count / 2, 1105)) {
    // Back to its length, so that what is inside is tried and not only the length.
    const text = Uint8Array.from({ length: TEXT_BLOCK }, (_, i) => bytes[i] ?? 0x20);
    const card = parseIdCard(text);
    if (card.ok) {
      cards++;
      assert.ok(IdCard.safeParse(card.value).success, 'a card that the contract refuses');
    } else assertSaysNoContent(card.error);
    formerNumberLink(text);
    parseIdCard(bytes);
    const address = parseNewAddress(bytes.subarray(0, NEW_ADDRESS));
    if (!address.ok) assertSaysNoContent(address.error);
  }
  for (const bytes of mutations(ANSWERS, count / 2, 1106)) {
    for (const expected of [2, 3] as const) {
      const parts = cardParts(bytes, expected);
      if (!parts.ok) continue;
      const { text, photo, fingerprints } = parts.value;
      assert.equal(text.length, TEXT_BLOCK);
      assert.equal(
        expected * 2 + text.length + photo.length + fingerprints.length,
        bytes.length,
        'a byte is left over',
      );
    }
  }
  assert.ok(cards > count / 100, 'the fuzzing hit no cards at all');
}

function assertSaysNoContent({ field, expected }: { readonly field: string; readonly expected: string }): void {
  assert.match(field, /^[a-zA-Z]+$/);
  assert.match(expected, /^(?:whole characters|text|YYYYMMDD(?: or 长期)?|space, I, J or Y|\d+ bytes(?:, came \d+)?)$/);
}
