import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { syntheticPhone } from '@kiosk/domain/synthetic.ts';
import { tablesOf } from '../testing/installation.ts';
import { start } from './testing/city.ts';

const CALL = { item: 'S03', why: 'stuck', step: 'B04' } as const;

async function callStaff(t: TestContext, onDuty: boolean) {
  const { depositor, platform } = await start(t);
  if (onDuty) {
    const body = JSON.stringify({ label: '大厅值班', phone: syntheticPhone(9_900_001) });
    const added = await platform.management('duty/contacts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    assert.ok(added.ok, `no contact: ${added.status}`);
  }
  const number = await depositor.submit(CALL, {}, 'call 1', { level: 'L0' });
  const told = await depositor.outcome(number);
  const messages = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const tables = await tablesOf(platform.installation);
  t.after(() => tables.destroy());
  const orders = await tables.selectFrom('work_order').selectAll().where('number', '=', number).execute();
  return { depositor, told, orders, called: messages.filter(({ text }) => /有人叫工作人员/.test(text)) };
}

test('somebody calls staff: a work order of ten minutes, a message to who is on duty that names nobody, and an honest answer', async (t) => {
  const { depositor, told, orders, called } = await callStaff(t, true);
  assert.equal(called.length, 1, 'one call, one message');
  assert.match(called[0]!.text, /不会操作/);
  const { name, idNumber } = depositor.person;
  for (const personal of [name, idNumber])
    assert.ok(!called[0]!.text.includes(personal), 'who called is nobody’s news');
  const [order] = orders;
  assert.ok(order, 'no work order');
  assert.deepEqual([order.kind, order.topic_id, order.name_masked], ['help', 'call.stuck.B04', null]);
  assert.equal(Number(order.due_at) - Number(order.received_at), 10 * 60_000);
  assert.match(JSON.stringify(told), /已通知值班人员/);
});

test('nobody is on duty: the work order stands on the screens of the staff, and the answer says that no phone rang', async (t) => {
  const { told, orders, called } = await callStaff(t, false);
  assert.deepEqual([called.length, orders.length], [0, 1]);
  assert.match(JSON.stringify(told), /没有值班电话/);
});
