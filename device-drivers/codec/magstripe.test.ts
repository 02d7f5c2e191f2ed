import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { syntheticCardNumber } from '../suites/synthetic-card.ts';
import { luhnDigit, luhnValid } from './luhn.ts';
import { cardFromStripe, findTracks, hasChip, parseStripe } from './magstripe.ts';

const NUMBER = syntheticCardNumber(6206, 16);

test('track 2, with and without its sentinels', () => {
  for (const track2 of [`;${NUMBER}=31052200000?`, `${NUMBER}=31052200000`]) {
    const stripe = parseStripe({ track2 });
    assert.deepEqual(stripe, { ok: true, value: { number: NUMBER, expires: '2031-05', serviceCode: '220' } });
    assert.ok(stripe.ok && hasChip(stripe.value));
  }
});

test('track 1 serves where track 2 is gone, and its name is not kept', () => {
  const stripe = parseStripe({ track1: `%B${NUMBER}^ZHANG SAN^31051200000?` });
  assert.deepEqual(stripe, { ok: true, value: { number: NUMBER, expires: '2031-05', serviceCode: '120' } });
  assert.ok(stripe.ok && !hasChip(stripe.value));
});

test('a card without expiry, and one without a service code', () => {
  assert.deepEqual(parseStripe({ track2: `${NUMBER}=0000120` }), {
    ok: true,
    value: { number: NUMBER, serviceCode: '120' },
  });
  assert.deepEqual(parseStripe({ track2: `${NUMBER}===` }), { ok: true, value: { number: NUMBER } });
  assert.ok(!hasChip({ number: NUMBER }));
});

test('what is no track says which there were and not what stood on them', () => {
  for (const [tracks, detail] of [
    [{}, /any track/],
    [{ track2: `99${NUMBER}=x` }, /were read/],
    [{ track2: `${NUMBER}=3105${'0'.repeat(40)}` }, /were read/],
  ] as const) {
    const stripe = parseStripe(tracks);
    assert.match(stripe.ok ? 'parsed' : stripe.error, detail);
    assert.ok(!JSON.stringify(stripe).includes(NUMBER));
  }
});

test('tracks are found in one answer, whatever stands between them', () => {
  const answer = Buffer.from(`\x01%B${NUMBER}^ ^3105120?\x7e;${NUMBER}=3105120?\x7e;99156?`, 'latin1');
  const stripe = parseStripe(findTracks(answer));
  assert.equal(stripe.ok && stripe.value.number, NUMBER);
  const card = { source: 'stripe', number: NUMBER, luhnValid: true };
  assert.deepEqual(cardFromStripe({ number: NUMBER }), card);
  assert.deepEqual(cardFromStripe({ number: NUMBER, expires: '2031-05' }), { ...card, expires: '2031-05' });
});

test('the check digit of any number catches every single wrong digit', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{11,18}$/), fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, by) => {
      const number = body + luhnDigit(body);
      assert.ok(luhnValid(number));
      const at = place % number.length;
      const wrong = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
      assert.ok(!luhnValid(wrong));
    }),
  );
  assert.ok(!luhnValid('') && !luhnValid('12a'));
});

test('a number with anything but digits in it has no right check digit', () => {
  assert.ok(!luhnValid(`${NUMBER}x`));
  assert.ok(!luhnValid(''));
});

test('a card that does not expire', () => {
  assert.deepEqual(cardFromStripe({ number: NUMBER }), { source: 'stripe', number: NUMBER, luhnValid: true });
});
