import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { engines } from '../../testing/engines.ts';
import { createVault } from '../../vault.ts';
import { createGuard } from '../guard.ts';
import { createMessenger } from '../sms/messenger.ts';
import { syntheticSms } from '../sms/synthetic-provider.ts';
import { createDutyWatch, DUTY_SETTING, NewContact } from './watch.ts';

const MINUTE = 60_000;
const TERMINAL = '300120';
const [FIRST, SECOND, OTHERS] = [syntheticPhone(1), syntheticPhone(2), syntheticPhone(3)];
type OpenStore = (typeof engines)[number]['openStore'];

async function start(t: TestContext, open: OpenStore) {
  // 14:08 in China.
  const clock = new ManualClock();
  const store = await open(t);
  const vault = createVault('x'.repeat(40));
  const guard = createGuard({ clock, store: store.guard, vault });
  const provider = syntheticSms(clock);
  const make = () => {
    const messenger = createMessenger({
      ...{ clock, store: store.messages, vault, guard, provider, log: () => {}, signature: '江州市' },
    });
    t.after(() => messenger.close());
    return createDutyWatch({ clock, store, vault, messenger, log: () => {} });
  };
  const watch = make();
  await store.terminals.register(TERMINAL, 'pem', 0);
  await store.places.placeTerminal({ terminalId: TERMINAL, branchId: 'beihu', hall: '北湖大厅', position: null });
  await store.places.saveBranch({
    ...{ branchId: 'beihu', address: null, hours: [{ from: '09:00', to: '17:00' }], counters: null, position: null },
  });
  const contact = (given: object) => watch.addContact(NewContact.parse({ branchId: 'beihu', label: '值班', ...given }));
  await contact({ phone: FIRST });
  await contact({ phone: SECOND, level: 2, from: '08:00', to: '16:00' });
  await contact({ phone: OTHERS, branchId: '' });
  const beat = (paper: 'full' | 'out' = 'full') =>
    store.terminals.heartbeat(TERMINAL, clock.now(), {
      devices: [
        {
          id: 'a4',
          supplies: [
            { kind: 'paper', level: paper },
            { kind: 'toner', level: 'full' },
          ],
        },
      ],
    });
  let seen = 0;
  const told = () => {
    const news = provider.arrived.slice(seen);
    seen += news.length;
    return news.map(({ phone, text }) => [phone, text.replace('【江州市】', '')]);
  };
  return { clock, store, watch, make, beat, told };
}

for (const { name, skip, openStore } of engines) {
  test(
    `a terminal falls silent while the hall is open: its contact is called once, the next level later, both hear when it is over (${name})`,
    { skip },
    async (t) => {
      const { clock, store, watch, make, beat, told } = await start(t, openStore);
      const other = make();
      await beat();
      clock.advance(10 * MINUTE);
      await watch.look();
      assert.deepEqual(told(), [], 'not yet');
      clock.advance(MINUTE);
      await Promise.all([watch.look(), other.look()]);
      await other.look();
      assert.deepEqual(told(), [[FIRST, '300120 号终端（北湖大厅）14:19：长时间没有心跳。第 1 级联系人，请处理。']]);
      clock.advance(30 * MINUTE);
      await Promise.all([other.look(), watch.look()]);
      assert.deepEqual(
        told().map(([phone]) => phone),
        [SECOND],
      );
      clock.advance(60 * MINUTE);
      await watch.look();
      assert.deepEqual(told(), [], 'there is nobody above');
      await beat();
      await Promise.all([watch.look(), other.look()]);
      assert.deepEqual(
        told().map(([phone, text]) => [phone, /已恢复/.test(text!)]),
        [
          [FIRST, true],
          [SECOND, true],
        ],
      );
      const [incident] = await store.duty.incidents(5);
      assert.deepEqual([incident!.level, incident!.recoveredAt], [2, clock.now()]);
      const [kept] = await store.duty.contacts();
      assert.ok(!Buffer.from(kept!.phone).includes(kept!.phoneMasked.slice(0, 3)), 'sealed');
    },
  );
}

const [{ openStore }] = engines as readonly [(typeof engines)[number]];

test('no paper calls the contact of the branch, once, also when the terminal falls silent over it; a hall that is closed calls nobody', async (t) => {
  const { clock, store, watch, beat, told } = await start(t, openStore);
  await store.places.set(DUTY_SETTING, 'beihu', { silentMinutes: 5 });
  await beat('out');
  await watch.look();
  assert.deepEqual(told(), [[FIRST, '300120 号终端（北湖大厅）14:08：缺纸。第 1 级联系人，请处理。']]);
  clock.advance(6 * MINUTE);
  await watch.look();
  assert.match(told()[0]![1]!, /长时间没有心跳/);
  assert.equal((await store.duty.open()).length, 2, 'nobody has seen paper');
  await beat('full');
  await watch.look();
  assert.equal(told().length, 2);
  assert.deepEqual(await store.duty.open(), []);

  // 17:14: switched off for the night.
  clock.advance(3 * 60 * MINUTE);
  await watch.look();
  assert.deepEqual([told(), await store.duty.open()], [[], []]);
});

test('at an hour when the first contact is off, the next level is called; a branch without contacts calls those of all', async (t) => {
  const { clock, store, watch, beat, told } = await start(t, openStore);
  const [first] = (await store.duty.contacts()).filter(({ branchId, level }) => branchId === 'beihu' && level === 1);
  await store.duty.saveContact({ ...first!, from: '20:00', to: '06:00' });
  await beat('out');
  await watch.look();
  assert.deepEqual(
    told().map(([phone]) => phone),
    [SECOND],
  );
  await store.terminals.register('300121', 'pem', 0);
  await store.terminals.heartbeat('300121', clock.now() - 11 * MINUTE, { devices: [] });
  await watch.look();
  assert.deepEqual(
    told().map(([phone, text]) => [phone, text!.slice(0, 6)]),
    [[OTHERS, '300121']],
  );
});
