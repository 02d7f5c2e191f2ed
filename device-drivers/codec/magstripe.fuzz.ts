import assert from 'node:assert/strict';
import { mutations } from './fuzz.ts';
import { syntheticCardNumber } from '../suites/synthetic-card.ts';
import { findTracks, parseStripe } from './magstripe.ts';

const NUMBER = syntheticCardNumber(6206, 16);
const TRACKS = [
  `;${NUMBER}=31051200000?`,
  `%B${NUMBER}^ ^31051200000?`,
  `\x01%B${NUMBER}^ ^31051200000?\x02;${NUMBER}=31051200000?\x03`,
  `${'0'.repeat(60)}=`,
  `%B${'0'.repeat(19)}^${'A'.repeat(26)}^`.repeat(4),
].map((text) => Buffer.from(text, 'latin1'));

/** No throw, no hang; what is called a number is 12 to 19 digits. */
export function fuzzStripe(count: number): void {
  let numbers = 0;
  for (const bytes of mutations(TRACKS, count, 7813)) {
    const text = Buffer.from(bytes).toString('latin1');
    for (const tracks of [findTracks(bytes), { track1: text }, { track2: text }]) {
      const stripe = parseStripe(tracks);
      if (!stripe.ok) continue;
      numbers++;
      assert.match(stripe.value.number, /^\d{12,19}$/);
    }
  }
  assert.ok(numbers > count / 100, 'the fuzzing hit no stripe at all');
}
