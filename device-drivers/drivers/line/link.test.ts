import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LinkEvent, type LinkState, LINK_TIMES, NO_LINK, onLinkEvent, onLinkTick, working } from './link.ts';

const at = (state: LinkState['at'], failures = 0): LinkState => ({ at: state, failures, worked: true });
const OPENING = at({ name: 'opening' });
const WORKING = working();
const RESTING = at({ name: 'resting', until: 1_000 });
const doubting = (silent: boolean) => at({ name: 'doubting', why: 'no answer', silent });

const step = (link: LinkState, event: LinkEvent) => onLinkEvent(link, event, 0, LINK_TIMES);
const LOST = { type: 'lost', detail: 'port closed' } as const;

test('what comes out of turn changes nothing', () => {
  for (const [link, event] of [
    [WORKING, { type: 'start' }],
    [WORKING, { type: 'opened' }],
    [WORKING, { type: 'openFailed', detail: 'absent' }],
    [WORKING, { type: 'presence', present: true }],
    [WORKING, { type: 'presence', present: undefined }],
    [RESTING, LOST],
    [RESTING, { type: 'writeFailed', detail: 'closed' }],
    [RESTING, { type: 'presence', present: false }],
  ] as const) {
    assert.deepEqual(step(link, event), { link, commands: [] }, `${link.at.name}, ${event.type}`);
  }
});

test('a port that is opened is to be initialised; one that cannot be opened rests', () => {
  assert.deepEqual(step(NO_LINK, { type: 'start' }).commands, [{ type: 'open' }]);
  const opened = step(OPENING, { type: 'opened' });
  assert.deepEqual([opened.link.at.name, opened.news?.is], ['initialising', 'connected']);
  const failed = step(OPENING, { type: 'openFailed', detail: 'absent' });
  assert.deepEqual(
    [failed.link.at, failed.news],
    [
      { name: 'resting', until: LINK_TIMES.backOffFirst },
      { is: 'offline', detail: 'absent' },
    ],
  );
});

test('a connection that fails is let go, and the second source asked', () => {
  for (const event of [LOST, { type: 'writeFailed', detail: 'port closed' } as const]) {
    const { link, commands, news } = step(WORKING, event);
    assert.equal(link.at.name, 'doubting');
    assert.deepEqual(commands, [{ type: 'close' }, { type: 'checkPresence' }]);
    assert.deepEqual(news, { is: 'doubted', detail: 'port closed' });
  }
  assert.equal(step(WORKING, { type: 'presence', present: false }).news?.is, 'doubted', 'asked in passing');
});

test('the second source decides: gone, there but silent, or only closed', () => {
  const news = (silent: boolean, present: boolean | undefined) =>
    step(doubting(silent), { type: 'presence', present }).news;
  for (const silent of [true, false]) {
    assert.deepEqual(news(silent, false), { is: 'offline', detail: 'no answer; the port is gone' });
  }
  assert.deepEqual(news(true, true), { is: 'offline', detail: 'no answer; the port is there' });
  assert.deepEqual(news(true, undefined), { is: 'offline', detail: 'no answer' });
  for (const present of [true, undefined]) assert.deepEqual(news(false, present), { is: 'reopening' });
});

test('attempts to connect are ever rarer, up to a limit, and never end', () => {
  const waits: number[] = [];
  let link = OPENING;
  for (let i = 0; i < 40; i++) {
    link = step(link, { type: 'openFailed', detail: 'absent' }).link;
    assert.ok(link.at.name === 'resting');
    const { until } = link.at;
    waits.push(until);
    assert.deepEqual(onLinkTick(link, until - 1).commands, []);
    link = onLinkTick(link, until).link;
    assert.equal(link.at.name, 'opening');
  }
  assert.deepEqual(waits.slice(0, 6), [500, 1_000, 2_000, 4_000, 8_000, 10_000]);
  assert.equal(waits.at(-1), 10_000);
  assert.deepEqual(onLinkTick(WORKING, 99_999).commands, []);
});
