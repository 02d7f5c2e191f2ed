import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { createAppointments } from './appointments.ts';

/** A Friday, 10:00 in China. */
const NOW = Date.UTC(2026, 10, 20, 2);
const words = (text: string) => ({ zh: text, en: text });
const CATALOGUE: Catalogue = {
  items: [],
  branches: [
    {
      id: 'beihu',
      name: words('Beihu'),
      hours: [
        { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
        { days: [6], from: '09:00', to: '12:00' },
      ],
    },
    { id: 'nanping', name: words('Nanping') },
  ],
  topics: [
    { id: 'withdrawal', item: 'B08', name: words('W') },
    { id: 'loan', item: 'B08', name: words('L') },
  ],
  enquiryPhone: '12329',
};
const RULE = { branchId: 'beihu', topicId: 'loan', morning: 2, afternoon: 1, maxDaysAhead: 5, sameDay: false };

function desk(booked: readonly { requestNumber: string; date: string; half: string; receivedAt: number }[]) {
  const rows = booked.map((one) => ({ ...one, item: 'B08', topicId: 'loan' }));
  return createAppointments({
    clock: new ManualClock(NOW),
    catalogue: async () => CATALOGUE,
    store: {
      places: { setting: async (_kind: string, id: string) => (id === 'beihu loan' ? RULE : undefined) },
      work: { find: async () => rows },
      channels: { holidays: async () => [{ date: '2026-11-24', zh: '假日', en: 'Holiday' }] },
    } as unknown as Parameters<typeof createAppointments>[0]['store'],
  });
}
const on = (date: string, half: 'morning' | 'afternoon') => ({ branchId: 'beihu', topicId: 'loan', date, half });

test('who came first has the first place, and the ticket says which service, which half and which place', async () => {
  const slot = { date: '2026-11-23', half: 'morning' };
  const office = desk([
    { ...slot, requestNumber: 'b', receivedAt: 2 },
    { ...slot, requestNumber: 'a', receivedAt: 1 },
    { ...slot, requestNumber: 'c', receivedAt: 3 },
  ]);
  assert.deepEqual(await office.room(on('2026-11-23', 'morning'), 'a'), { state: 'free', ticket: 'B001' });
  assert.deepEqual(await office.room(on('2026-11-23', 'morning'), 'b'), { state: 'free', ticket: 'B002' });
  assert.deepEqual(await office.room(on('2026-11-23', 'morning'), 'c'), { state: 'full' });
  assert.deepEqual(await office.room(on('2026-11-23', 'afternoon'), 'd'), { state: 'free', ticket: 'B501' });
});

test('shut on a holiday, a Saturday afternoon and a Sunday; unknown where nobody said how much room there is', async () => {
  const office = desk([]);
  for (const slot of [on('2026-11-24', 'morning'), on('2026-11-21', 'afternoon'), on('2026-11-22', 'morning')])
    assert.deepEqual(await office.room(slot, 'a'), { state: 'closed' }, `${slot.date} ${slot.half}`);
  assert.deepEqual(await office.room({ ...on('2026-11-23', 'morning'), branchId: 'nanping' }, 'a'), {
    state: 'unknown',
  });
  assert.deepEqual(await office.room(on('2026-12-21', 'morning'), 'a'), { state: 'full' }, 'too far ahead');
});

test('what is free, branch by branch: from tomorrow on, without the days on which it is shut', async () => {
  const { branches } = await desk([{ date: '2026-11-23', half: 'afternoon', requestNumber: 'a', receivedAt: 1 }]).slots(
    'loan',
  );
  const beihu = branches.find(({ branchId }) => branchId === 'beihu');
  assert.deepEqual(beihu?.days, [
    { date: '2026-11-21', morning: { open: true, left: 2 }, afternoon: { open: false, left: null } },
    { date: '2026-11-23', morning: { open: true, left: 2 }, afternoon: { open: true, left: 0 } },
    { date: '2026-11-25', morning: { open: true, left: 2 }, afternoon: { open: true, left: 1 } },
  ]);
  const nanping = branches.find(({ branchId }) => branchId === 'nanping');
  assert.equal(nanping?.days.length, 9, 'Monday to Friday of two weeks, without the holiday');
  assert.ok(nanping?.days.every(({ morning }) => morning.open && morning.left === null));
});
