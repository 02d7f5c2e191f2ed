import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { createDutyWatch } from '../channels/duty/watch.ts';
import { createGuard } from '../channels/guard.ts';
import { createNotices } from '../channels/notices/notices.ts';
import { createMessenger } from '../channels/sms/messenger.ts';
import { SMS_TEMPLATES } from '../channels/sms/templates.ts';
import { syntheticCore } from '../core/synthetic-core.ts';
import { engines } from '../testing/engines.ts';
import { createVault } from '../vault.ts';
import type { Caller } from './sessions.ts';
import { dutyLines } from './incidents.ts';
import { messageWords } from './message-words.ts';
import { searchHandlers } from './search.ts';

const person = syntheticPerson('ordinary', '2026-11-21');
const caller = { member: { login: 'wang.min' } } as Caller;

test('every message has words for a list', () => {
  const without = Object.keys(SMS_TEMPLATES).filter((template) => messageWords(template).zh === template);
  assert.deepEqual(without, []);
});

for (const { name, skip, openStore } of engines) {
  test(
    `what was sent is found by the number and by the person, masked; its words for a reason that is logged (${name})`,
    { skip },
    async (t) => {
      const clock = new ManualClock();
      const store = await openStore(t);
      const vault = createVault('a secret of a test that is long enough');
      const core = syntheticCore(clock);
      const guard = createGuard({ clock, store: store.guard, vault });
      const provider = { send: async () => ({ state: 'delivered' as const }) };
      const common = { clock, vault, log: () => {} };
      const messenger = createMessenger({ ...common, store: store.messages, guard, provider, signature: '演示' });
      const notices = createNotices({ ...common, store: store.notices, core, messenger });
      await messenger.send({ phone: person.phone, template: 'code.kiosk', values: { code: '123456', minutes: '5' } });
      const facts = { requestNumber: 'R1', state: { zh: '工作人员正在审核', en: 'With our staff' } };
      await notices.tell({ kind: 'case.progress', reference: 'R1', depositorId: 'ordinary', facts });
      await notices.run();
      await notices.close();
      await messenger.close();

      const desk = searchHandlers({ clock, store, vault, documents: { find: async () => undefined } as never });
      const search = async (by: 'phone' | 'idNumber', value: string) => {
        const found = await desk.search({ by, value }, caller);
        assert.ok(found.ok);
        return found.value.rows;
      };
      const rows = await search('phone', person.phone);
      assert.deepEqual(
        rows.map(({ kind, what, state, fields }) => [kind, what.en, state, fields]),
        [
          ['message', 'Progress', 'delivered', ['phone', 'text']],
          ['message', 'Code for a terminal', 'delivered', []],
        ],
        'a code is found and never shown',
      );
      assert.ok(!JSON.stringify(rows).includes(person.phone));
      const [mine, ...more] = await search('idNumber', person.idNumber.toLowerCase());
      assert.deepEqual([mine?.id, more.length], [rows[0]!.id, 0]);
      assert.deepEqual(await search('idNumber', syntheticPerson('middle-dot', '2026-11-21').idNumber), []);

      const reason = `asked about ${person.phone}`;
      const ask = { kind: 'message', field: 'text', reason } as const;
      const shown = await desk.reveal({ ...ask, id: rows[0]!.id }, caller);
      assert.ok(shown.ok && shown.value.value?.includes('工作人员正在审核'), JSON.stringify(shown));
      for (const id of [rows[1]!.id, '999999', 'R1']) {
        const not = await desk.reveal({ ...ask, id }, caller);
        assert.equal(not.ok || not.error.code, 'E2508', id);
      }
      const log = await store.audit.list(10);
      const revealed = log.filter(({ action }) => action === 'person.revealed');
      assert.deepEqual(
        revealed.map(({ subject, detail }) => [subject, detail['field']]),
        [[`message ${rows[0]!.id}`, 'text']],
      );
      for (const value of [person.phone, person.idNumber, '工作人员正在审核'])
        assert.ok(!JSON.stringify(log).includes(value));
    },
  );

  test(
    `a terminal that stands still: whether somebody was told, who is called, and what was before (${name})`,
    { skip },
    async (t) => {
      const clock = new ManualClock();
      const store = await openStore(t);
      const vault = createVault('a secret of a test that is long enough');
      const messenger = { send: async () => ({ id: 1, state: 'waiting' as const }) };
      const watch = createDutyWatch({ clock, store, vault, messenger, log: () => {} });
      const whole = { branchId: '', label: '设备值班', phone: person.phone, from: '00:00', to: '00:00' };
      await watch.addContact({ ...whole, level: 2 });
      await watch.addContact({ ...whole, level: 1, from: '00:00', to: '00:01' });
      const { duty } = store;
      const [at, terminalId] = [clock.now(), '300120'];
      await duty.begin({ incidentId: 'a', terminalId, kind: 'paperOut', openedAt: at - 90_000 });
      await duty.recover('a', at - 30_000);
      await duty.begin({ incidentId: 'b', terminalId, kind: 'silent', openedAt: at });
      await duty.begin({ incidentId: 'c', terminalId: '300121', kind: 'silent', openedAt: at + 1 });
      await duty.told('b', 2, at + 1);
      const lines = dutyLines(duty);
      assert.deepEqual(
        [...(await lines.open())].map(([id, found]) => [
          id,
          found.map(({ kind, level, toldAt }) => [kind, level, toldAt]),
        ]),
        [
          [terminalId, [['silent', 2, at + 1]]],
          ['300121', [['silent', 0, null]]],
        ],
      );
      assert.deepEqual(
        (await lines.incidents(terminalId)).map(({ kind, recoveredAt }) => [kind, recoveredAt]),
        [
          ['silent', null],
          ['paperOut', at - 30_000],
        ],
      );
      const contacts = await lines.contacts('beihu', at);
      assert.deepEqual(
        contacts.map(({ level, now }) => [level, now]),
        [
          [1, false],
          [2, true],
        ],
      );
      assert.ok(!JSON.stringify(contacts).includes(person.phone));
    },
  );
}
