import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { ITEMS } from '../catalogue/items.ts';
import { currentCatalogue } from '../catalogue/catalogue.ts';
import { mergeCatalogue } from './program-catalogue.ts';

const PROGRAM = currentCatalogue('12329');
const bare = ({ id, name, hint, level, offline, state, closedReason }: Catalogue['items'][number]) => ({
  ...{ id, name, hint, level, offline, state },
  ...(closedReason ? { closedReason } : {}),
});
/** As the release before had it: ten items, no fields of today. */
const FORMER: Catalogue = {
  items: ITEMS.slice(0, 10).map(bare),
  branches: PROGRAM.branches.map(({ id, name }) => ({ id, name })),
  topics: PROGRAM.topics.map(({ about: _about, ...topic }) => topic),
  enquiryPhone: '12329',
};
const find = (catalogue: Catalogue, id: string) => catalogue.items.find((item) => item.id === id);

test('staff renamed one item and took another out: a new release adds the rest and touches neither', () => {
  const renamed = { zh: '打明细', en: 'Statement' };
  const published: Catalogue = {
    ...FORMER,
    items: FORMER.items
      .filter(({ id }) => id !== 'P03')
      .map((item) => (item.id === 'P01' ? { ...item, name: renamed } : item)),
    enquiryPhone: '12329-9',
  };
  const merged = mergeCatalogue(FORMER, published, PROGRAM);
  assert.equal(merged.items.length, ITEMS.length - 1, 'every item but the one that was taken out');
  assert.equal(find(merged, 'P03'), undefined, 'what staff took out stays out');
  assert.deepEqual(find(merged, 'P01')?.name, renamed, 'what staff wrote stays');
  assert.equal(find(merged, 'P01')?.group, 'print', 'and gains what it did not have');
  assert.deepEqual(find(merged, 'Q04'), find(PROGRAM, 'Q04'), 'what nobody touched is as the release has it');
  assert.equal(merged.enquiryPhone, '12329-9');
  assert.deepEqual(merged.reasons, PROGRAM.reasons);
  assert.deepEqual(mergeCatalogue(PROGRAM, merged, PROGRAM), merged, 'the same release again changes nothing');
});

test('an item the release opened is opened, unless staff had closed it in their own words', () => {
  const soon = {
    ...PROGRAM,
    items: PROGRAM.items.map((one) => (one.id === 'Q04' ? { ...one, state: 'closed' as const } : one)),
  };
  assert.equal(find(mergeCatalogue(soon, soon, PROGRAM), 'Q04')?.state, 'open');
  const theirs = {
    ...soon,
    items: soon.items.map((one) =>
      one.id === 'Q04' ? { ...one, closedReason: { zh: '核对中', en: 'Under review' } } : one,
    ),
  };
  assert.equal(find(mergeCatalogue(soon, theirs, PROGRAM), 'Q04')?.state, 'closed');
});
