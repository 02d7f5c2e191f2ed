import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Parameters, SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { currentCatalogue } from '../catalogue/catalogue.ts';
import type { Asked } from '../gateway/gates/facts.ts';
import { passGates } from '../gateway/gates/gates.ts';
import { auditStore } from '../store/areas/audit.ts';
import { channelStore } from '../store/areas/channels.ts';
import { engines } from '../testing/engines.ts';
import { createVault } from '../vault.ts';
import { createFlowCount } from './flow-count.ts';
import { channelGateFacts } from './gate-facts.ts';
import { createChannelOffice, type ChannelChange } from './office.ts';
import { createChannelRegistry } from './registry.ts';

const CENTRE_ID = '38010000';
const CLOSED = { zh: '系统维护', en: 'Maintenance' };
const STOPPED = { state: 'stopped' as const, words: CLOSED, instead: { zh: '请到窗口', en: 'Counter' } };
const BOTH = { by: 'wang', approvedBy: 'li' };

async function start(t: TestContext, open: (t: TestContext) => ReturnType<(typeof engines)[number]['open']>) {
  // 2026-11-21 14:08 in China.
  const clock = new ManualClock();
  const db = await open(t);
  const store = channelStore(db);
  const audit = auditStore(db);
  const vault = createVault('x'.repeat(40));
  let parameters: Parameters = SAFE_PARAMETERS;
  const configuration = {
    parameters: async () => parameters,
    changeParameters: async (_scope: string, change: object) => {
      parameters = { ...parameters, ...change };
      return ok(2611210002);
    },
  };
  const registry = await createChannelRegistry({ clock, store, vault, configuration });
  const office = createChannelOffice({ clock, store, audit, registry, configuration, vault });
  const flow = createFlowCount(clock, store);
  const facts = channelGateFacts({
    clock,
    store,
    registry,
    flow,
    configuration,
    catalogue: async () => currentCatalogue('12329'),
    centreId: CENTRE_ID,
    enquiryPhone: '12329',
  });
  const change = async (content: ChannelChange) => {
    const applied = await office.apply(content, BOTH);
    assert.ok(applied.ok, JSON.stringify(applied));
    return applied.value;
  };
  const gate = async (asked: Partial<Asked> = {}) => {
    const whole: Asked = {
      applicationId: 'web-hall',
      channel: '40',
      centreId: CENTRE_ID,
      keyProven: true,
      token: 'good',
      item: 'Q01',
      interfaceName: 'myAccount',
      amountFen: null,
      ...asked,
    };
    return (await passGates(facts, whole, clock.now()))?.body;
  };
  return { clock, registry, office, change, gate, audit, store, flow, configuration, now: () => parameters };
}

const rule = (change: object) => ({
  kind: 'item.rule' as const,
  rule: {
    itemId: 'Q01',
    channels: ['40', '50'],
    hours: [],
    monthWindow: null,
    closedOnHolidays: false,
    perPersonDay: null,
    perDay: null,
    mostAmountFen: null,
    mostDayAmountFen: null,
    diversion: null,
    ...change,
  },
});

for (const { name, skip, open } of engines) {
  test(
    `the terminals' stop is one state: stopped by the channels' office, it stands in what goes down signed (${name})`,
    { skip },
    async (t) => {
      const { change, gate, now, configuration, registry } = await start(t, open);
      const terminal = { applicationId: '300120', channel: '50', interfaceName: 'account' };
      assert.equal(await gate(terminal), undefined);
      assert.equal((await change({ kind: 'channel.state', channelId: '50', state: STOPPED })).version, 2611210002);
      assert.deepEqual(now().channel, STOPPED);
      const refused = await gate(terminal);
      assert.equal(refused!.code, 'E2102');
      assert.deepEqual(refused!.depositor, CLOSED, 'the centre said why');
      assert.ok(
        refused!.diversion!.channels.some(({ channel }) => channel === '40'),
        'and where to go instead',
      );
      // Opened from the other side, by the parameters.
      await configuration.changeParameters('', { channel: { state: 'open' } });
      assert.equal((await registry.get('50'))!.state.state, 'open');
      assert.equal(await gate(terminal), undefined);
    },
  );

  test(`one act stops every channel, sub-channels follow their parent (${name})`, { skip }, async (t) => {
    const { change, gate, registry, audit } = await start(t, open);
    await change({ kind: 'channel.all', state: STOPPED });
    for (const channel of await registry.list())
      assert.equal((await registry.standing(channel)).open, false, channel.code);
    assert.equal((await gate())!.code, 'E2102');
    await change({ kind: 'channel.all', state: { state: 'open' } });
    await change({ kind: 'channel.settings', channelId: '52', fields: { terminals: ['300120'] } });
    await change({ kind: 'channel.state', channelId: '52', state: STOPPED });
    const at = (applicationId: string) => gate({ applicationId, channel: '50', interfaceName: 'account' });
    assert.equal((await at('300120'))!.code, 'E2102', 'in the government hall');
    assert.equal(await at('300121'), undefined, 'in our own');
    assert.deepEqual(
      (await audit.list(10)).map(({ action, actor, detail }) => [action, actor, detail['proposedBy']])[0],
      ['channels.channel.state', 'li', 'wang'],
    );
  });

  test(
    `hours, days of the month, holidays and caps are data of the item and the channel (${name})`,
    { skip },
    async (t) => {
      const { change, gate, clock, store } = await start(t, open);
      await change(
        rule({
          hours: [
            { from: '09:00', to: '11:30' },
            { from: '13:00', to: '14:09' },
          ],
        }),
      );
      assert.equal(await gate(), undefined);
      clock.advance(60_000);
      assert.equal((await gate())!.code, 'E2412');
      await change(rule({}));
      const hours = (from: string, to: string) => ({ hours: [{ from, to }] });
      await change({ kind: 'channel.settings', channelId: '40', fields: hours('08:00', '14:00') });
      assert.equal((await gate())!.code, 'E2412', 'the channel itself is closed by then');
      await change({ kind: 'channel.settings', channelId: '40', fields: hours('08:00', '20:00') });
      assert.equal(await gate(), undefined);
      await change(rule({ monthWindow: { from: 25, to: 5 } }));
      assert.equal((await gate())!.code, 'E2411');
      clock.advance(5 * 86_400_000);
      assert.equal(await gate(), undefined, 'the 26th is inside a window that wraps');
      await change(rule({ closedOnHolidays: true }));
      await change({ kind: 'holidays', holidays: [{ date: '2026-11-26', name: { zh: '假日', en: 'Holiday' } }] });
      assert.equal((await gate())!.code, 'E2409');
      await change({ kind: 'holidays', holidays: [] });
      await change(rule({ channels: ['50'] }));
      assert.equal((await gate())!.code, 'E2410');
      await change(rule({ mostAmountFen: 1_000, mostDayAmountFen: 1_500 }));
      assert.equal((await gate({ amountFen: 1_001 }))!.code, 'E2407');
      const both = await Promise.all([gate({ amountFen: 900 }), gate({ amountFen: 900 })]);
      assert.deepEqual(both.map((one) => one?.code).sort(), ['E2408', undefined], 'the rest of the day is given once');
      await change(rule({ perPersonDay: 1, perDay: 2 }));
      const used = (person: string, act: string) => gate({ use: async () => ({ person, act }) });
      const twice = await Promise.all([used('a', 'one'), used('a', 'two')]);
      assert.deepEqual(twice.map((one) => one?.code).sort(), ['E2414', undefined], 'one a person and day');
      const again = twice[0] ? 'two' : 'one';
      assert.equal(await used('a', again), undefined, 'the same operation again is the same use');
      assert.equal(await used('b', 'three'), undefined);
      assert.equal((await used('c', 'four'))!.code, 'E2415', 'the day is full');
      assert.equal(await gate(), undefined, 'a call that is no use passes');
      clock.advance(86_400_000);
      assert.equal(await used('c', 'four'), undefined, 'the next day begins at nothing');
      await change(rule({}));
      clock.advance(-86_400_000);
      await change({ kind: 'channel.settings', channelId: '40', fields: { flowCap: 1 } });
      clock.advance(86_400_000);
      assert.equal(await gate(), undefined);
      assert.equal((await gate())!.code, 'E2405');
      assert.equal((await store.used('2026-11-27')).find(({ what }) => what === 'calls')!.amount, 1);
    },
  );
}

const [{ open }] = engines as readonly [(typeof engines)[number]];

test('keys are given once and a new one ends the one before; a wrong one is refused', async (t) => {
  const { change, registry, store } = await start(t, open);
  const first = (await change({ kind: 'channel.key', channelId: '10', withToken: true })).secret!;
  assert.equal(await registry.proves('10', first.key, first.token!), 'good');
  assert.equal(await registry.proves('10', first.key, undefined), 'token');
  assert.equal(await registry.proves('20', first.key, first.token!), 'key', "another channel's key");
  const row = JSON.stringify(await store.get('10'));
  assert.ok(!row.includes(first.key) && !row.includes(first.token!), 'only keyed hashes are kept');
  await change({ kind: 'channel.key', channelId: '10', withToken: false });
  assert.equal(await registry.proves('10', first.key, first.token!), 'key');
});

test('a channel is added, changed and taken away as data; what does not fit is refused before anybody approves it', async (t) => {
  const { change, office, registry } = await start(t, open);
  const settings = { code: '54', parent: '50', name: { zh: '社区', en: 'Community' }, appId: 'terminal-community' };
  const proposed = await office.propose({ kind: 'channel.add', settings });
  assert.ok(proposed.ok);
  await change(proposed.value.change);
  assert.equal((await registry.byAppId('terminal-community'))!.code, '54');
  const refused = async (content: unknown) => {
    const answer = await office.propose(content);
    return answer.ok ? 'ok' : answer.error.code;
  };
  assert.equal(await refused({ kind: 'channel.add', settings }), 'E2613', 'there already');
  assert.equal(await refused({ kind: 'channel.remove', channelId: '50' }), 'E2613');
  assert.equal(await refused({ kind: 'channel.state', channelId: '99', state: STOPPED }), 'E2613');
  assert.equal(await refused({ kind: 'channel.settings', channelId: '54', fields: { code: '55' } }), 'E9005');
  assert.equal(await refused({ kind: 'nonsense' }), 'E9005');
  await change({ kind: 'channel.remove', channelId: '54' });
  assert.equal(await registry.get('54'), undefined);
});

test('calls of a channel without a cap are written together, and none is lost at the end', async (t) => {
  const { gate, store, flow } = await start(t, open);
  for (let i = 0; i < 7; i++) await gate();
  assert.deepEqual(await store.used('2026-11-21'), []);
  await flow.close();
  assert.deepEqual(await store.used('2026-11-21'), [{ code: '40', what: 'calls', amount: 7 }]);
});
