import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemGroup } from '@kiosk/contract/platform/catalogue.ts';
import type { MenuItem, ScreenOf } from '@kiosk/contract/screen/view.ts';
import { GROUPS, everything, item } from '../gallery/samples/items.ts';
import { OFTEN, OTHER, fewOf, groupsOf, itemsOfGroup } from './menu.ts';

type Menu = ScreenOf<'menu'>;
const menu = (items: readonly MenuItem[], groups?: readonly ItemGroup[]): Menu => ({
  screen: 'menu',
  items: [...items],
  ...(groups && { groups: [...groups] }),
});
const ids = (things: readonly { readonly id: string }[]) => things.map(({ id }) => id);
const one = (id: string, more: Partial<MenuItem> = {}): MenuItem => ({ ...item(id, [id, ''], [id, '']), ...more });
const closed = { available: false, reason: { zh: '今天不办', en: 'Not today' } } as const;
/** Of one group, in the order of the catalogue. */
const many = (count: number, group: string, from = 1) =>
  Array.from({ length: count }, (_, at) => one(`${group}${from + at}`, { group, order: (from + at) * 10 }));

test('the tabs are the groups of the catalogue in its order, what is used most before them', () => {
  assert.deepEqual(ids(groupsOf(menu(everything, GROUPS))), [OFTEN, 'look', 'print', 'apply', 'ask']);
  const turned = GROUPS.map((group) => ({ ...group, order: -group.order }));
  assert.deepEqual(ids(groupsOf(menu(everything, turned))), [OFTEN, 'ask', 'apply', 'print', 'look']);
  const names = groupsOf(menu(everything, GROUPS)).map(({ name }) => name?.zh ?? null);
  assert.deepEqual(
    names,
    [null, '查一查', '打印', '办业务', '问一问'],
    'a group is called what the catalogue calls it',
  );
});

test('a group without an item is no tab, and an item of a group nobody named is still found', () => {
  const withoutAsk = everything.filter(({ group }) => group !== 'ask');
  assert.deepEqual(ids(groupsOf(menu(withoutAsk, GROUPS))), [OFTEN, 'look', 'print', 'apply']);
  const stray = [...withoutAsk, one('X1', { group: 'newer than this screen' }), one('X2')];
  const tabs = menu(stray, GROUPS);
  assert.equal(groupsOf(tabs).at(-1)?.id, OTHER);
  assert.deepEqual(ids(itemsOfGroup(tabs, OTHER)), ['X1', 'X2']);
});

test('every item stands under exactly one tab beside the first, in the order within its group', () => {
  const tabs = menu(everything, GROUPS);
  const groups = groupsOf(tabs).filter(({ id }) => id !== OFTEN);
  const found = groups.flatMap(({ id }) => ids(itemsOfGroup(tabs, id)));
  assert.deepEqual(found.toSorted(), ids(everything).toSorted());
  assert.deepEqual(ids(itemsOfGroup(tabs, 'print')), ['P01', 'P02', 'P03', 'P05']);
  const late = [...many(5, 'a'), one('first', { group: 'a', order: 1 }), one('last', { group: 'a' }), ...many(4, 'b')];
  const sorted = ids(itemsOfGroup(menu(late, [{ ...GROUPS[0]!, id: 'a' }]), 'a'));
  assert.deepEqual([sorted[0], sorted.at(-1)], ['first', 'last'], 'without an order it stands behind those with one');
});

test('few items, or a catalogue without groups, are one list', () => {
  assert.deepEqual(groupsOf(menu(everything.slice(0, 9), GROUPS)), []);
  assert.deepEqual(groupsOf(menu(everything)), []);
  assert.deepEqual(groupsOf(menu(everything, [])), []);
});

test('under what is used most stand the first of the catalogue, closed or not, then what can be done now', () => {
  const often = (items: readonly MenuItem[]) => ids(itemsOfGroup(menu(items, GROUPS), OFTEN));
  const open = many(20, 'look');
  assert.deepEqual(often(open), ids(open.slice(0, 9)));
  const someClosed = open.map((each, at) => (at === 1 || at === 6 ? { ...each, ...closed } : each));
  const shown = often(someClosed);
  assert.ok(shown.includes('look2'), 'a closed item of the first ones vanished instead of saying why');
  assert.ok(!shown.includes('look7'), 'a closed item takes the place of one that can be done now');
  assert.equal(shown.length, 9);
  // With the line down nearly everything is closed: the first ones say so, the open ones are not pushed off the screen.
  const offline = open.map((each, at) => (at < 17 ? { ...each, ...closed } : each));
  assert.deepEqual(often(offline), ['look1', 'look2', 'look3', 'look4', 'look5', 'look18', 'look19', 'look20']);
});

test('the few for older people are those the catalogue made for them, closed or not; else the first that are open', () => {
  const few = ids(fewOf(menu(everything, GROUPS)));
  assert.deepEqual(few, ['P01', 'Q01', 'P02', 'Q04', 'B03', 'B01', 'S03']);
  assert.equal(everything.find(({ id }) => id === 'B03')?.available, false, 'the sample has a closed one among them');
  const unsuited = everything.map(({ suits: _, ...rest }) => rest);
  const open = ids(unsuited.filter(({ available }) => available)).slice(0, 4);
  assert.deepEqual(ids(fewOf(menu(unsuited))), open);
  const all = many(12, 'a').map((each) => ({ ...each, suits: ['elderly' as const] }));
  assert.equal(fewOf(menu(all)).length, 8, 'a catalogue for which everything is for everybody');
});
