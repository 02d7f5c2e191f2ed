import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CodeCheck, CodeSent } from '@kiosk/contract/platform/api.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { personWithWrongCheckDigit, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { syntheticCore } from '../core/synthetic-core.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { startTestPlatform, TERMINALS } from '../testing/installation.ts';
import { claimOf, type Answer } from '../testing/terminal.ts';

const TODAY = '2026-11-21';
const MINUTE = 60_000;
const ordinary = syntheticPerson('ordinary', TODAY);

async function start(t: TestContext, options: Parameters<typeof startTestPlatform>[0] = {}) {
  const platform = await startTestPlatform(options);
  t.after(() => platform.end());
  const terminal = await platform.terminal();
  /** The code in the newest message, as the person reads it on the phone. */
  const lastCode = async (): Promise<string> => {
    const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    return /\d{6}/.exec(message!.text)![0];
  };
  const messages = async () => ((await (await platform.management('sms-outbox')).json()) as unknown[]).length;
  const wrong = async () => String((Number(await lastCode()) + 1) % 1_000_000).padStart(6, '0');
  return { platform, terminal, lastCode, messages, wrong };
}

function refused(answer: Answer, code: string, status = 422): void {
  assert.equal((answer.body as { code: string }).code, code, JSON.stringify(answer.body));
  assert.equal(answer.status, status);
}

test('card and code together give a token, and the token opens the account', async (t) => {
  const { terminal, lastCode } = await start(t);
  const sent = await terminal.ask('sendCode', claimOf(ordinary));
  assert.equal(sent.phoneMasked, `122******${ordinary.phone.slice(-2)}`);
  assert.deepEqual([sent.resendAfterSeconds, sent.validSeconds], [60, 300]);
  const check = await terminal.ask('checkCode', { challengeId: sent.challengeId, code: await lastCode() });
  assert.ok(check.accepted);
  const account = await terminal.ask('account', { identityToken: check.identityToken });
  assert.equal(account.accountNumber, ordinary.accounts[0]!.accountNumber);
  assert.equal(account.balanceFen, ordinary.accounts[0]!.balanceFen);
  assert.equal(account.recentBalances.length, 12);
  assert.equal(account.recentBalances.at(-1)!.balanceFen, account.balanceFen);
  assert.equal(account.unitRatioBp, 1200);
});

test('cards that cannot be served are refused with their own reason', async (t) => {
  const { terminal, messages } = await start(t);
  const withoutAccount = syntheticPerson('no-account', TODAY);
  refused(await terminal.call('sendCode', claimOf(personWithWrongCheckDigit(TODAY))), 'E1104');
  refused(await terminal.call('sendCode', claimOf(withoutAccount)), 'E1205');
  refused(await terminal.call('sendCode', { ...claimOf(ordinary), name: '另一人' }), 'E1205');
  refused(await terminal.call('sendCode', { ...claimOf(ordinary), validTo: '2026-11-20' }), 'E1105');
  assert.equal(await messages(), 0);
});

test('a person without a phone on record is sent to the counter', async (t) => {
  const core = syntheticCore(new ManualClock());
  const withoutPhone = {
    ...core,
    findByIdNumber: async (idNumber: string) => {
      const found = await core.findByIdNumber(idNumber);
      return found.ok && found.value ? ok({ ...found.value, phone: null }) : found;
    },
  };
  const { terminal } = await start(t, { parts: { core: withoutPhone } });
  refused(await terminal.call('sendCode', claimOf(ordinary)), 'E1204');
});

test('a middle dot typed the way another office types it is the same name', async (t) => {
  const { terminal } = await start(t);
  const person = syntheticPerson('middle-dot', TODAY);
  await terminal.ask('sendCode', { ...claimOf(person), name: person.name.replace('·', '•') });
});

test('asking again within a minute sends nothing new; after it, a new code ends the old one', async (t) => {
  const { platform, terminal, lastCode, messages } = await start(t);
  const first = await terminal.ask('sendCode', claimOf(ordinary));
  const oldCode = await lastCode();
  platform.clock.advance(20_000);
  const again = await terminal.ask('sendCode', claimOf(ordinary));
  assert.equal(again.challengeId, first.challengeId);
  assert.equal(again.resendAfterSeconds, 40);
  assert.equal(await messages(), 1);
  const elsewhere = await (await platform.terminal(TERMINALS[1])).call('sendCode', claimOf(ordinary));
  refused(elsewhere, 'E3106', 429);
  assert.equal(elsewhere.headers['retry-after'], '40');
  platform.clock.advance(40_000);
  const second = await terminal.ask('sendCode', claimOf(ordinary));
  assert.notEqual(second.challengeId, first.challengeId);
  assert.equal(await messages(), 2);
  refused(await terminal.call('checkCode', { challengeId: first.challengeId, code: oldCode }), 'E1202');
});

test('a code lives five minutes and works once', async (t) => {
  const { platform, terminal, lastCode } = await start(t);
  const late = await terminal.ask('sendCode', claimOf(ordinary));
  platform.clock.advance(5 * MINUTE);
  refused(await terminal.call('checkCode', { challengeId: late.challengeId, code: await lastCode() }), 'E1202');
  const { challengeId } = await terminal.ask('sendCode', claimOf(ordinary));
  const code = await lastCode();
  await terminal.ask('checkCode', { challengeId, code });
  refused(await terminal.call('checkCode', { challengeId, code }), 'E1202');
  // Whoever has just proved the phone may start again at once.
  await terminal.ask('sendCode', claimOf(ordinary));
});

test('the third wrong code locks the person for ten minutes, on every terminal and through a restart', async (t) => {
  const { platform, terminal, lastCode, wrong } = await start(t);
  const { challengeId } = await terminal.ask('sendCode', claimOf(ordinary));
  for (const attemptsLeft of [2, 1]) {
    const check: CodeCheck = await terminal.ask('checkCode', { challengeId, code: await wrong() });
    assert.deepEqual(check, { accepted: false, attemptsLeft });
  }
  refused(await terminal.call('checkCode', { challengeId, code: await wrong() }), 'E1203', 423);
  const right = await lastCode();
  refused(await terminal.call('checkCode', { challengeId, code: right }), 'E1203', 423);
  await platform.restart();
  const other = await platform.terminal(TERMINALS[1]);
  platform.clock.advance(10 * MINUTE - 1);
  refused(await other.call('sendCode', claimOf(ordinary)), 'E1203', 423);
  platform.clock.advance(1);
  const sent: CodeSent = await other.ask('sendCode', claimOf(ordinary));
  const check = await other.ask('checkCode', { challengeId: sent.challengeId, code: await wrong() });
  assert.deepEqual(check, { accepted: false, attemptsLeft: 2 }, 'the count begins again');
});

test('a new code does not bring new tries', async (t) => {
  const { platform, terminal, wrong } = await start(t);
  const first = await terminal.ask('sendCode', claimOf(ordinary));
  for (let i = 0; i < 2; i++) await terminal.ask('checkCode', { challengeId: first.challengeId, code: await wrong() });
  platform.clock.advance(MINUTE);
  const { challengeId } = await terminal.ask('sendCode', claimOf(ordinary));
  refused(await terminal.call('checkCode', { challengeId, code: await wrong() }), 'E1203', 423);
});

test('guesses at the same moment share three tries', async (t) => {
  const { terminal, wrong } = await start(t);
  const { challengeId } = await terminal.ask('sendCode', claimOf(ordinary));
  const code = await wrong();
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => terminal.call('checkCode', { challengeId, code })),
  );
  assert.equal(
    answers.filter((answer) => answer.status === 200).length,
    2,
    'only two guesses were judged and survived',
  );
});

test('a code asked for at one terminal is worth nothing at another', async (t) => {
  const { platform, terminal, lastCode } = await start(t);
  const { challengeId } = await terminal.ask('sendCode', claimOf(ordinary));
  const other = await platform.terminal(TERMINALS[1]);
  refused(await other.call('checkCode', { challengeId, code: await lastCode() }), 'E1202');
});

test('a token ends with the session, after fifteen minutes, and was never good elsewhere', async (t) => {
  const { platform, terminal, lastCode } = await start(t);
  const identify = async () => {
    const { challengeId } = await terminal.ask('sendCode', claimOf(ordinary));
    const check = await terminal.ask('checkCode', { challengeId, code: await lastCode() });
    assert.ok(check.accepted);
    return { identityToken: check.identityToken };
  };
  const token = await identify();
  const other = await platform.terminal(TERMINALS[1]);
  refused(await other.call('account', token), 'E1206', 401);
  await terminal.ask('endIdentity', token);
  refused(await terminal.call('account', token), 'E1206', 401);
  const second = await identify();
  platform.clock.advance(15 * MINUTE);
  refused(await terminal.call('account', second), 'E1206', 401);
  refused(await terminal.call('details', { ...second, period: { from: '2026-01', to: '2026-02' } }), 'E1206', 401);
  refused(await terminal.call('account', { identityToken: 'made up' }), 'E1206', 401);
});
