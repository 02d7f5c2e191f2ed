import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TERMINALS, startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { TestJournal, claimOf } from '@kiosk/central-platform/testing/terminal.ts';
import type { BatchReceipt } from '@kiosk/contract/platform/ingest.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';

const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];

test('what was recorded and sent again is harmless or refused', async (t) => {
  const platform = await startTestPlatform();
  t.after(() => platform.end());
  const [one, other] = [await platform.terminal(), await platform.terminal(TERMINALS[1])];
  const journal = new TestJournal(one, 'business');
  for (let i = 0; i < 3; i++) journal.write({ type: 'service.rated', sessionId: `s-${i}`, score: 'satisfied' });

  const batch = journal.batch();
  for (let i = 0; i < 3; i++) {
    const answer = await one.deliver(batch);
    assert.equal((answer.body as BatchReceipt).durableUpTo, 3, 'the same batch is acknowledged and stored once');
  }
  assert.deepEqual(await (await platform.management('ratings')).json(), { satisfied: 3 });
  assert.deepEqual(
    codeOf(await other.deliver(batch)),
    [409, 'E6204'],
    "another terminal cannot hand in this one's batch",
  );

  const { challengeId } = await one.ask('sendCode', claimOf(syntheticPerson('ordinary', '2026-11-21')));
  const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const code = /\d{6}/.exec(message!.text)![0];
  assert.deepEqual(
    codeOf(await other.call('checkCode', { challengeId, code })),
    [422, 'E1202'],
    'read over a shoulder',
  );
  const check = await one.ask('checkCode', { challengeId, code });
  assert.ok(check.accepted);
  assert.deepEqual(codeOf(await one.call('checkCode', { challengeId, code })), [422, 'E1202'], 'a code works once');
  const { identityToken } = check;
  assert.deepEqual(
    codeOf(await other.call('account', { identityToken })),
    [401, 'E1206'],
    'a token is of one terminal',
  );
  await one.ask('endIdentity', { identityToken });
  assert.deepEqual(codeOf(await one.call('account', { identityToken })), [401, 'E1206'], 'and of one session');
});
