import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { ServiceItem } from '@kiosk/contract/platform/api.ts';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';

const GROUPS = ['look', 'print'].map((id, order) => ({
  id,
  name: { zh: id, en: id },
  hint: { zh: '', en: '' },
  order,
}));
const withItems = (change: (item: ServiceItem) => ServiceItem, more: Partial<typeof F.CATALOGUE> = {}) =>
  F.agentSnapshot({ catalogue: { ...F.CATALOGUE, items: F.CATALOGUE.items.map(change), ...more } });
const menu = (agent = F.agentSnapshot(), host = F.hostSnapshot()) => {
  const play = Play.identified(agent, host);
  return { play, find: (id: string) => play.screen('menu').items.find((item) => item.id === id) };
};

test('groups, order, plain names and whom an item suits reach the screen as the catalogue says them', () => {
  const said = { group: 'print', order: 7, suits: ['elderly'], plainName: { zh: '打明细', en: 'Print' } } as const;
  const agent = withItems((item) => (item.id === 'P01' ? { ...item, ...said, suits: ['elderly'] } : item), {
    groups: GROUPS,
  });
  const { play, find } = menu(agent);
  assert.deepEqual(play.screen('menu').groups, GROUPS);
  const { group, order, suits, plainName } = find('P01')!;
  assert.deepEqual({ group, order, suits, plainName }, said);
  assert.equal(find('Q01')?.group, undefined);
  assert.equal(menu().play.screen('menu').groups, undefined, 'a catalogue without groups got some');
});

test('an item that the centre closed stays in sight with the centre’s words, also one this release does not know', () => {
  const closed = { state: 'closed' as const, closedReason: { zh: '今天 17:00 后开放', en: 'Opens at 17:00' } };
  const newer = { ...F.CATALOGUE.items[0]!, id: 'Z99' };
  const items = F.CATALOGUE.items.map((item) => (item.id === 'Q02' ? { ...item, ...closed } : item));
  const catalogue = { ...F.CATALOGUE, items: [...items, { ...newer, ...closed }, { ...newer, id: 'Z98' }] };
  const { find, play } = menu(F.agentSnapshot({ catalogue }));
  for (const id of ['Q02', 'Z99']) {
    assert.equal(find(id)?.available, false);
    assert.deepEqual(find(id)?.reason, closed.closedReason);
  }
  assert.equal(find('Z98'), undefined, 'an open item that nobody can carry out is offered');
  play.act({ type: 'open', item: 'Q02' });
  play.screen('menu');
});

test('what needs a broken device is closed with its reason; what does not stays open', () => {
  const { find } = menu(undefined, F.hostSnapshot({ 'document-printer': { state: 'fault', code: 'E4102' } }));
  assert.deepEqual(find('P01')?.reason, explain('E4102').depositor);
  assert.equal(find('Q01')?.available, true);
});

test('the line goes down while the menu is read: what waits is open, what asks the centre says why not, and comes back', () => {
  const { find, play } = menu();
  assert.equal(find('Q01')?.available, true);
  play.send({ type: 'agent', snapshot: F.OFFLINE });
  assert.deepEqual(find('Q01')?.reason, explain('E3101').depositor);
  assert.equal(find('S01')?.available, true);
  play.send({ type: 'agent', snapshot: F.agentSnapshot() });
  assert.equal(find('Q01')?.available, true);
});
