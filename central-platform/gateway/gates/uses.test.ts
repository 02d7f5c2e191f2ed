import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platformRoutes, type PlatformRoutes } from '@kiosk/contract/platform/api.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { createItemUses } from '../../channels/item-uses.ts';
import { startTestPlatform } from '../../testing/installation.ts';
import { useCounter } from '../../testing/counter.ts';
import { claimOf } from '../../testing/terminal.ts';
import { priorityOf } from '../admission/priority.ts';
import { terminalsOnly } from './default-facts.ts';
import { GATED } from './routes.ts';

test('once a person and day: the same print asked for again is no second one, a failed one is given back, a page is no use', async (t) => {
  const store = useCounter();
  const uses = createItemUses(store);
  const open = terminalsOnly('38010000', '12329');
  const platform = await startTestPlatform({
    parts: {
      gates: {
        ...open,
        item: async (id) => ({
          ...(await open.item(id))!,
          // Of its history a person may have one visit a day, of the paper one print.
          uses: { perPersonDay: id === 'Q04' ? 0 : 1, perDay: null },
        }),
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
  // A list that several items begin with: each is asked for itself, where the terminal says which; else one that is free is enough.
  const { loanNumber } = (await terminal.ask('loans', { identityToken })).loans[0]!;
  const plan = async (item?: string) => {
    const { status } = await terminal.call('loanPlan', { identityToken, loanNumber, ...(item && { item }) });
    return status;
  };
  assert.deepEqual([await plan('Q04'), await plan('P04'), await plan('Q05'), await plan()], [422, 200, 200, 200]);
  const visits = (item: string) =>
    [...store.sums].filter(([key, sum]) => key.includes(` ${item} act`) && sum > 0).length;
  assert.deepEqual(['Q02', 'Q04', 'Q05', 'P01', 'P04'].map(visits), [1, 0, 1, 1, 0], 'uses of each item');
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
