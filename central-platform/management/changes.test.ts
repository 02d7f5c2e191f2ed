import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServiceItem } from '@kiosk/contract/platform/catalogue.ts';
import type { ConsoleClient } from './contract/client.ts';
import type { ChangeContent } from './contract/changes.ts';
import { TERMINALS } from '../testing/installation.ts';
import { type SeededConsole, startSeededConsole } from '../testing/console-seed.ts';
import { got, refusal, signedIn } from '../testing/console-client.ts';

const MINUTE = 60_000;
const REASON = 'because of a test';
const STOPPED = { zh: '暂停服务', en: 'Paused' };

let seeded: SeededConsole;
let wang: ConsoleClient;
let li: ConsoleClient;
before(async () => {
  seeded = await startSeededConsole();
  wang = await signedIn(seeded.url, 'wang.min');
  li = await signedIn(seeded.url, 'li.qiang');
});
after(() => seeded.platform.end());

const propose = async (content: ChangeContent) => (await got(wang.proposeChange({ content, reason: REASON }))).changeId;
const approve = (changeId: number) => li.decideChange({ changeId, approve: true, comment: 'agreed' });
const parameters = async (terminalId = '') => {
  const response = await seeded.platform.management(`configuration?terminalId=${terminalId}`);
  return ((await response.json()) as { parameters: Record<string, unknown> }).parameters;
};

test('nothing is in force until another person agrees, and the signed release names both', async () => {
  const changeId = await propose({ kind: 'item.state', itemId: 'P01', words: STOPPED });
  assert.deepEqual((await parameters())['stoppedItems'], []);
  assert.equal(await refusal(wang.decideChange({ changeId, approve: true, comment: '' })), 'E2506');
  const done = await got(approve(changeId));
  assert.equal(done.state, 'applied');
  assert.deepEqual((await parameters())['stoppedItems'], [{ id: 'P01', words: STOPPED }]);
  assert.equal(await refusal(approve(changeId)), 'E2507');
  const { rows } = await got(li.releases({}));
  const release = rows.find(({ version }) => version === done.version);
  assert.deepEqual([release?.by, release?.approvedBy], ['wang.min', 'li.qiang']);
  const { steps } = await got(li.change({ changeId }));
  assert.deepEqual(
    steps.map(({ by, act }) => `${by} ${act}`),
    ['wang.min proposed', 'li.qiang approved', 'li.qiang applied'],
  );
});

test('rejected and withdrawn changes leave everything as it was; only the proposer withdraws', async () => {
  const before = await parameters();
  const rejected = await propose({ kind: 'parameters', fields: { heartbeatSeconds: 60 } });
  assert.equal((await got(li.decideChange({ changeId: rejected, approve: false, comment: 'no' }))).state, 'rejected');
  const withdrawn = await propose({ kind: 'parameters', fields: { heartbeatSeconds: 60 } });
  assert.equal(await refusal(li.withdrawChange({ changeId: withdrawn, comment: REASON })), 'E2506');
  assert.equal((await got(wang.withdrawChange({ changeId: withdrawn, comment: REASON }))).state, 'withdrawn');
  assert.equal(await refusal(approve(withdrawn)), 'E2507');
  assert.deepEqual(await parameters(), before);
});

test('two colleagues approve at the same moment: it is carried out once', async () => {
  const chen = await signedIn(seeded.url, 'chen.yu');
  const changeId = await propose({ kind: 'parameters', fields: { heartbeatSeconds: 20 } });
  const answers = await Promise.all([approve(changeId), chen.decideChange({ changeId, approve: true, comment: '' })]);
  assert.equal(answers.filter(({ ok }) => ok).length, 1);
  const { steps } = await got(li.change({ changeId }));
  assert.equal(steps.filter(({ act }) => act === 'applied').length, 1);
});

test('an emergency stop holds at once; the second person takes it back, and the channels open', async () => {
  const stopped = await got(wang.emergencyStop({ words: STOPPED, instead: STOPPED, reason: REASON }));
  assert.equal(stopped.state, 'unconfirmed');
  const channels = async () => (await got(li.channels({}))).channels.map(({ state }) => state.state);
  assert.ok((await channels()).every((state) => state === 'stopped'));
  const terminal = await seeded.platform.terminal();
  const { envelopes } = await terminal.ask('downlink', { applied: { catalogue: 0, parameters: 0, command: 0 } });
  assert.ok(
    envelopes.some(({ statementBase64 }) => Buffer.from(statementBase64, 'base64').includes('"state":"stopped"')),
  );
  assert.equal(await refusal(wang.decideChange({ changeId: stopped.changeId, approve: false, comment: '' })), 'E2506');
  const back = await got(li.decideChange({ changeId: stopped.changeId, approve: false, comment: 'false alarm' }));
  assert.equal(back.state, 'rejected');
  assert.ok((await channels()).every((state) => state === 'open'));
});

test('nobody confirms an emergency stop in half an hour: it stays, is flagged, and is an alarm once', async () => {
  const { changeId } = await got(wang.emergencyStop({ words: STOPPED, instead: STOPPED, reason: REASON }));
  for (let n = 0; n < 4; n++) {
    seeded.platform.clock.advance(8 * MINUTE);
    await got(wang.me({}));
    await got(li.me({}));
  }
  const { rows } = await got(li.changes({ state: 'unconfirmed' }));
  assert.deepEqual(
    rows.map((row) => [row.changeId, row.confirmOverdue]),
    [[changeId, true]],
  );
  await got(li.changes({}));
  const alarms = (await got(li.security({ code: 'E2506' }))).rows;
  assert.deepEqual(
    alarms.map(({ detail }) => detail),
    [`emergency stop ${changeId}`],
  );
  assert.equal((await got(approve(changeId))).state, 'applied');
  await got(approve(await propose({ kind: 'channel.all', state: { state: 'open' } })));
});

test('a change in waves reaches one group after the other, is halted, goes back, and in the end holds for all', async () => {
  const [one, two] = TERMINALS;
  const fields = { heartbeatSeconds: 42 };
  const changeId = await propose({ kind: 'parameters', fields, waves: [[one], [two]] });
  await got(approve(changeId));
  const seconds = async () => {
    const all = [await parameters(one), await parameters(two), await parameters()];
    return all.map(({ heartbeatSeconds }) => heartbeatSeconds);
  };
  const before = (await parameters())['heartbeatSeconds'];
  assert.deepEqual(await seconds(), [42, before, before]);
  const halted = await got(li.stepWave({ changeId, act: 'halt', comment: REASON }));
  assert.deepEqual(halted.waves, { sent: 1, of: 3, halted: true });
  await got(li.stepWave({ changeId, act: 'next', comment: REASON }));
  assert.deepEqual(await seconds(), [42, 42, before]);
  await got(li.stepWave({ changeId, act: 'next', comment: REASON }));
  assert.deepEqual(await seconds(), [42, 42, 42]);
  assert.equal(await refusal(li.stepWave({ changeId, act: 'next', comment: REASON })), 'E2507');
  const other = await propose({ kind: 'parameters', fields: { heartbeatSeconds: 50 }, waves: [[one], [two]] });
  await got(approve(other));
  await got(li.stepWave({ changeId: other, act: 'back', comment: REASON }));
  assert.deepEqual(await seconds(), [42, 42, 42]);
});

test('an item is added and taken away again, and a restart does not bring the old list back', async () => {
  const item: ServiceItem = {
    ...{ id: 'Q10', name: { zh: '计算器', en: 'Calculators' }, hint: { zh: '利息与还款', en: 'Interest, repayment' } },
    ...{ level: 'L0', offline: 'local', state: 'open' },
  };
  await got(approve(await propose({ kind: 'item.publish', item })));
  const items = async () => (await got(li.catalogue({}))).catalogue.items.map(({ id }) => id);
  assert.ok((await items()).includes('Q10'));
  await got(approve(await propose({ kind: 'item.remove', itemId: 'Q10' })));
  assert.ok(!(await items()).includes('Q10'));
  assert.equal(
    await refusal(wang.proposeChange({ content: { kind: 'item.remove', itemId: 'Q10' }, reason: REASON })),
    'E2508',
  );
});

test('a terminal is revoked by two and admitted by two; a paper is cancelled by two; a case is closed by two', async () => {
  await got(approve(await propose({ kind: 'terminal.revoke', terminalId: '300209' })));
  assert.equal((await got(li.terminal({ terminalId: '300209' }))).health, 'revoked');
  await got(approve(await propose({ kind: 'terminal.admit', terminalId: '300209' })));
  const paper = (await got(li.documents({ state: 'valid' }))).rows[0]!;
  const changeId = await propose({ kind: 'document.cancel', documentNumber: paper.documentNumber });
  assert.equal((await got(li.document({ documentNumber: paper.documentNumber }))).cancelChange, changeId);
  await got(approve(changeId));
  assert.equal((await got(li.document({ documentNumber: paper.documentNumber }))).state, 'cancelled');
  const { caseId } = (await got(li.cases({ state: 'open' }))).rows[0]!;
  await got(li.assignCase({ caseId, assignee: 'wang.min' }));
  await got(li.commentCase({ caseId, text: 'looked at the counter' }));
  const closing = await propose({ kind: 'case.close', caseId, resolution: 'explained' });
  assert.equal((await got(li.case({ caseId }))).closingChange, closing);
  await got(approve(closing));
  assert.equal((await got(li.case({ caseId }))).state, 'closed');
  assert.equal(await refusal(li.assignCase({ caseId, assignee: null })), 'E2507');
});

test('articles are published by two and an older version is replaced; what names nothing is refused when proposed', async () => {
  const words = { zh: '新的说明', en: 'New text' };
  const saved = await got(
    wang.saveArticle({ articleId: 'statement-print', title: words, body: words, itemId: 'P01', keywords: [] }),
  );
  assert.deepEqual([saved.version, saved.state], [2, 'draft']);
  await got(approve(await propose({ kind: 'knowledge.publish', articleId: 'statement-print', version: 2 })));
  const { versions } = await got(li.article({ articleId: 'statement-print' }));
  assert.deepEqual(
    versions.map(({ state }) => state),
    ['published', 'replaced'],
  );
  const nothing: ChangeContent[] = [
    { kind: 'terminal.revoke', terminalId: '999999' },
    { kind: 'knowledge.withdraw', articleId: 'none' },
    { kind: 'document.cancel', documentNumber: 'none' },
    { kind: 'case.close', caseId: 'none', resolution: 'explained' },
    { kind: 'register.lift', entryId: 99 },
    { kind: 'register.add', requestNumber: 'none', what: 'badFaith', until: '2027-01-01' },
  ];
  for (const content of nothing)
    assert.equal(await refusal(wang.proposeChange({ content, reason: REASON })), 'E2508', content.kind);
});

test('a channel is added by two, gets a key that is shown once, is closed by hours of its own, and is taken away', async () => {
  const name = { zh: '街道便民点', en: 'Street office' };
  const settings = {
    ...{ code: '93', name, appId: 'street', parent: null, validFrom: null, validTo: null },
    enabled: true,
  };
  const rest = { hours: [], flowCap: 500, items: ['Q08'], terminals: [], diversion: null, diversionTarget: false };
  const state = { state: 'open' } as const;
  await got(approve(await propose({ kind: 'channel.add', settings: { ...settings, ...rest, served: true, state } })));
  const line = async () => (await got(li.channels({}))).channels.find(({ channelId }) => channelId === '93');
  assert.equal((await line())?.hasKey, false);
  const keyed = await propose({ kind: 'channel.key', channelId: '93', withToken: true });
  const { secret } = await got(approve(keyed));
  assert.ok(secret && secret.key.length > 40 && secret.token !== null);
  const everywhere = JSON.stringify([await got(li.change({ changeId: keyed })), await got(li.changes({}))]);
  assert.ok(!everywhere.includes(secret.key), 'the key was kept');
  const ask = async (key: string) => {
    const headers = { 'x-app-id': 'street', 'x-app-key': key, 'x-app-token': secret.token ?? '' };
    const response = await fetch(`${seeded.platform.running.publicUrl}/web/v1/answers`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ question: '利率' }),
    });
    return ((await response.json()) as { code?: string }).code;
  };
  assert.equal(await ask(secret.key), undefined);
  const fields = { hours: [{ from: '20:00', to: '21:00' }], diversion: name };
  await got(approve(await propose({ kind: 'channel.settings', channelId: '93', fields })));
  assert.equal(await ask(secret.key), 'E2412');
  assert.deepEqual((await line())?.settings.hours, fields.hours);
  await got(approve(await propose({ kind: 'channel.revokeKey', channelId: '93' })));
  assert.equal(await ask(secret.key), 'E2401');
  const again: ChangeContent = { kind: 'channel.revokeKey', channelId: '93' };
  assert.equal(await refusal(wang.proposeChange({ content: again, reason: REASON })), 'E2507');
  await got(approve(await propose({ kind: 'channel.remove', channelId: '93' })));
  assert.equal(await line(), undefined);
});

test('what another authority may have is decided by two, field by field, and its key can be taken back', async () => {
  const settings = {
    ...{ departmentId: 'rent-office', name: STOPPED, purpose: 'rent', purposeWords: STOPPED },
    ...{ legalBasis: '租房管理办法第八条', enabled: true, validFrom: null, validTo: null, perMinute: 60, perDay: 500 },
    grants: [{ field: 'pays', form: 'plain', consent: false } as const],
  };
  await got(approve(await propose({ kind: 'department.put', settings })));
  const departmentId = 'rent-office';
  const { secret } = await got(approve(await propose({ kind: 'department.key', departmentId })));
  const ask = async (fields: string[]) => {
    const response = await fetch(`${seeded.platform.running.publicUrl}/outward/v1/questions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-department': departmentId, 'x-department-key': secret!.key },
      body: JSON.stringify({ purpose: 'rent', name: '无此人', idNumber: '380100199001011234', fields }),
    });
    return ((await response.json()) as { code?: string; withheld?: string[] }) ?? {};
  };
  assert.deepEqual((await ask(['pays', 'balanceFen'])).withheld, ['pays', 'balanceFen']);
  const [answer] = (await got(li.outwardAnswers({ departmentId }))).rows;
  assert.deepEqual([answer?.given, answer?.found], [[], false]);
  const line = (await got(li.departments({}))).rows.find((one) => one.departmentId === departmentId);
  assert.deepEqual([line?.hasKey, line?.asked], [true, 1]);
  const wider = await propose({ kind: 'department.put', settings: { ...settings, grants: [] } });
  assert.deepEqual(((await got(li.change({ changeId: wider }))).before as typeof settings).grants, settings.grants);
  await got(approve(await propose({ kind: 'department.revokeKey', departmentId })));
  assert.equal((await ask(['pays'])).code, 'E2611');
});

test('every step stands in the audit log, whose chain is whole', async () => {
  const auditor = await signedIn(seeded.url, 'zhao.jie');
  const { rows } = await got(auditor.audit({ action: 'change.' }));
  assert.ok(new Set(rows.map(({ action }) => action)).size >= 8);
  assert.equal((await got(auditor.verifyAudit({}))).brokenAt, null);
});
