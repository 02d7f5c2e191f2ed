import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FactorKind } from '@kiosk/contract/platform/identity.ts';
import fc from 'fast-check';
import { FRESH_MS, isAtLeast, levelAt, levelOf, mayFollow, waysToRaise } from './identity-level.ts';

const kinds = fc.uniqueArray(fc.constantFrom(...FactorKind.options), { maxLength: 5 });
const RANK = ['L0', 'L1', 'L2', 'L3'];

test('the mixes that the facts name are L2, and what stands on one thing is not', () => {
  for (const pair of [
    ['idCard', 'smsCode'],
    ['idCard', 'face'],
    ['idCard', 'bankCard'],
    ['idCard', 'appCode'],
    ['bankCard', 'smsCode'],
    ['bankCard', 'appCode'],
  ] as const)
    assert.equal(levelOf(pair), 'L2', pair.join(' and '));
  assert.equal(levelOf(['appCode', 'smsCode']), 'L1', 'one phone was taken for two factors');
  assert.equal(levelOf(['face']), 'L0', 'a face without a card to compare it with is nobody');
  assert.equal(levelOf(['smsCode']), 'L0', 'a code without anybody it was sent to');
  assert.equal(levelOf(['appCode', 'face']), 'L1');
});

test('more factors never lower a level, and one alone never makes two', () => {
  fc.assert(
    fc.property(kinds, fc.constantFrom(...FactorKind.options), (known, more) => {
      assert.ok(RANK.indexOf(levelOf([...known, more])) >= RANK.indexOf(levelOf(known)));
      assert.ok(levelOf([more]) !== 'L2');
      assert.equal(levelOf([...known].reverse()), levelOf(known), 'the order counts');
    }),
  );
});

test('from every level there is a way on that is no face, and each way offered raises', () => {
  fc.assert(
    fc.property(kinds, (known) => {
      const ways = waysToRaise(known);
      for (const way of ways) assert.notEqual(levelOf([...known, way]), levelOf(known));
      if (levelOf(known) !== 'L2')
        assert.ok(
          ways.some((way) => way !== 'face'),
          known.join(),
        );
      for (const way of ways) assert.ok(mayFollow(way, known));
    }),
  );
});

test('L3 is L2 with a factor of the last ten minutes', () => {
  fc.assert(
    fc.property(kinds, fc.array(fc.nat(2 * FRESH_MS), { minLength: 5, maxLength: 5 }), (known, ages) => {
      const now = 10 * FRESH_MS;
      const factors = known.map((kind, i) => ({ kind, at: now - ages[i]! }));
      const level = levelAt(factors, now);
      const fresh = factors.some(({ at }) => now - at < FRESH_MS);
      assert.equal(level === 'L3', levelOf(known) === 'L2' && fresh);
      assert.ok(isAtLeast(level, levelOf(known)));
    }),
  );
});
