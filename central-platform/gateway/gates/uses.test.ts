import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platformRoutes, type PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { createItemUses } from '../../channels/item-uses.ts';
import { startTestPlatform } from '../../testing/installation.ts';
import { claimOf } from '../../testing/terminal.ts';
import { priorityOf } from '../admission/priority.ts';
import { terminalsOnly } from './default-facts.ts';
import { GATED } from './routes.ts';

/** What a store counts, in memory. */
function counter() {
  const sums = new Map<string, number>();
  return {
    sums,
    async useItem(day: string, item: string, what: string, by: number, most: number): Promise<boolean> {
      const sum = (sums.get(`${day} ${item} ${what}`) ?? 0) + by;
      if (sum > most) return false;
      sums.set(`${day} ${item} ${what}`, sum);
      return true;
    },
    forgetItemUse: async () => {},
  };
}

test('once a person and day: the same print asked for again is no second one, a failed one is given back, a page is no use', async (t) => {
  const store = counter();
  const uses = createItemUses(store);
  const open = terminalsOnly('38010000', '12329');
  const platform = await startTestPlatform({
    parts: {
      gates: {
        ...open,
        item: async (id) => ({ ...(await open.item(id))!, uses: { perPersonDay: 1, perDay: null } }),
        countUse: uses.count,
        releaseUse: uses.release,
      },
    },
  });
  t.after(() => platform.end());
  const terminal = await platform.terminal();
  const { challengeId } = await terminal.ask('sendCode', claimOf(syntheticPerson('ordinary', '2026-11-21')));
  const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const check = await terminal.ask('checkCode', { challengeId, code: /\d{6}/.exec(message!.text)![0] });
  assert.ok(check.accepted);
  const { identityToken } = check;
  const print = (operationId: string, from: string) =>
    terminal.call('issueStatement', {
      identityToken,
      operationId,
      period: { from, to: '2026-11' },
      maskIdNumber: true,
    });
  assert.equal((await print('nothing', '2026-12')).status, 400, 'a period that is backwards');
  assert.equal((await print('one', '2026-01')).status, 200);
  assert.equal((await print('one', '2026-01')).status, 200);
  const refused = await print('two', '2026-01');
  assert.deepEqual([refused.status, (refused.body as { code: string }).code], [422, 'E2414']);
  const asked = { identityToken, order: 'newest', offset: 0, limit: 10 } as const;
  for (const offset of [0, 10]) assert.ok(await terminal.ask('history', { ...asked, offset }));
  assert.ok(
    [...store.sums.keys()].every((key) => !key.includes(identityToken) && !key.includes('one')),
    'only hashes of the day are kept',
  );
});

test('whatever passes the gates is asked by somebody who stands and waits', () => {
  const late = (Object.keys(GATED) as (keyof PlatformRoutes)[]).filter(
    (route) => priorityOf(platformRoutes[route].path) !== 'interactive',
  );
  assert.deepEqual(late, [], 'these wait behind enrolments: gateway/admission/priority.ts');
});
