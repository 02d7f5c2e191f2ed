import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as F from '../../../testing/fixtures.ts';
import { Play } from '../../../testing/play.ts';
import { matching } from './search.ts';

test('a guide without a card and without the line: topic, article, page by page', () => {
  const play = Play.ready(F.OFFLINE).act({ type: 'open', item: 'Q08' }).act({ type: 'choose', id: 'withdraw' });
  play.act({ type: 'choose', id: 'rent' });
  const { pages } = play.screen('sheet');
  assert.ok(pages >= 2, 'nine steps do not fit on one page');
  const seen = new Set<string>();
  for (let page = 1; page <= pages; page++) {
    for (const block of play.screen('sheet').blocks)
      if (block.block === 'list') for (const { zh } of block.items) seen.add(zh);
    play.act({ type: 'turnPage', by: 1 });
  }
  assert.equal(seen.size, 10, 'every step and what to bring stands on some page');
});

test('an identified person goes from the guide to the item', () => {
  const play = Play.identified().act({ type: 'open', item: 'Q08' }).act({ type: 'choose', id: 'withdraw' });
  play.act({ type: 'choose', id: 'rent' }).act({ type: 'press', id: 'open' });
  assert.equal(play.asked('askPlatform').ask.route, 'withdrawalReasons');
});

test('search: every word counts, the title before the text, nothing found is said', () => {
  const guides = F.CATALOGUE.guides ?? [];
  assert.deepEqual(
    matching(guides, '租房').map(({ id }) => id),
    ['rent'],
  );
  assert.deepEqual(
    matching(guides, '租房 没有这个词').map(({ id }) => id),
    [],
  );
  assert.equal(matching(guides, '  ').length, guides.length);
  const play = Play.ready().act({ type: 'open', item: 'Q08' }).act({ type: 'press', id: 'search' });
  play.act({ type: 'enter', value: '飞机' });
  assert.equal(play.screen('choices').options.length, 0);
});
