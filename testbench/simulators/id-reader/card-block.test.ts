import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import { parseIdCard } from '@kiosk/device-drivers/codec/id-card.ts';
import { NATIONS } from '@kiosk/domain/card-codes.ts';
import { syntheticIdNumber } from '@kiosk/domain/synthetic.ts';
import fc from 'fast-check';
import { encodeCardBlock } from './card-block.ts';

/** Text as it stands on cards, rare characters and the middle dot among it, of at most so many UTF-16 units. */
const text = (units: number) =>
  fc
    .array(fc.constantFrom(...'阿依慕·图尔荪周䶮林𬭊𠮷欧阳晴川18号幢A'), { minLength: 1, maxLength: units })
    .map((characters) => characters.join(''))
    .filter((joined) => joined.length <= units);

const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

const card = fc.record({
  name: text(15),
  sex: fc.constantFrom('0', '1', '2', '9'),
  birthDate: date,
  issuer: text(15),
  address: text(35),
  validFrom: date,
  validTo: fc.option(date, { nil: null }),
});

test('what the simulator writes into a chip is what the codec reads, for every layout', () => {
  fc.assert(
    fc.property(card, fc.constantFrom(...NATIONS.keys()), fc.nat(999), (fields, nation, order) => {
      const idNumber = syntheticIdNumber(fields.birthDate, order);
      const { address: _address, issuer: _issuer, ...foreign } = fields;
      const cards = [
        { ...fields, kind: 'resident', nation, idNumber },
        { ...fields, kind: 'hkMacaoTaiwanResident', idNumber },
        { ...foreign, kind: 'permanentResident2017', idNumber: 'XXX380100000017', address: '', issuer: '1500' },
        { ...foreign, kind: 'permanentResident2023', idNumber, address: '', issuer: '' },
      ] as const satisfies readonly IdCard[];
      for (const written of cards) {
        assert.deepEqual(parseIdCard(encodeCardBlock(written)), { ok: true, value: written });
      }
    }),
  );
});
