import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idCheckCharacter } from '@kiosk/domain/id-number.ts';
import { SW } from '../../codec/sdt.ts';
import { CARD, Play, read, sent, settled } from './reducer.play.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { ReaderCommand } from './state.ts';

const NOTHING = new Uint8Array(0);
const CARD_WITH_PRINTS = Uint8Array.from([1, 0, 4, 0, 4, 0, ...CARD.subarray(4), ...new Uint8Array(1024).fill(7)]);
/** Numbered like the 2023 cards of foreign residents: 9, province, country, birth, order, check character. */
const FIVE_STAR = ((body: string) => body + idCheckCharacter(body))('938' + '999' + '19840229' + '001');
const FOUND = [SW.cardFound, new Uint8Array(4)] as const;
const SELECTED = [SW.success, new Uint8Array(8)] as const;

const asked = (commands: readonly ReaderCommand[]) =>
  commands.flatMap((c) => (c.type === 'settleAsk' ? [c.result.ok ? 'answer' : c.result.error.code] : []));
const cardOf = (commands: readonly ReaderCommand[]) =>
  commands.flatMap((c) => (c.type === 'settleRead' && c.result.ok ? [c.result.value] : []))[0];
const opens = (commands: readonly ReaderCommand[]) => commands.flatMap((c) => (c.type === 'open' ? [c.speed] : []));

/** The text is being read. */
function reading(play = new Play().ready()): Play {
  play.tell({ type: 'readWanted', id: 1 });
  play.answer(...FOUND);
  play.answer(...SELECTED);
  return play;
}

/** A card that nobody can read lies there. */
function unreadable(): Play {
  const play = reading();
  assert.deepEqual(settled(play.answer(0x33)), ['E1103']);
  return play;
}

test('a heartbeat that is answered is all there is to it', () => {
  const play = new Play().ready();
  assert.deepEqual(sent(play.wake()), ['samStatus']);
  assert.deepEqual(play.answer(SW.success), []);
  assert.deepEqual(sent(play.wake()), ['samStatus']);
});

test('a module that does not say its number works without one', () => {
  const play = new Play();
  play.tell({ type: 'start' });
  play.tell({ type: 'opened' });
  play.answer(SW.success);
  play.answer(SW.badCommand);
  assert.deepEqual([play.state.health.state, play.state.health.identity], ['ready', undefined]);
});

test('a module that refuses to work when a card is looked for is out of order', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  assert.deepEqual(settled(play.answer(SW.samNotAuthorised)), ['E1107']);
  assert.deepEqual([play.state.health.state, play.state.health.code], ['fault', 'E1107']);
  assert.deepEqual(settled(play.tell({ type: 'readWanted', id: 2 })), ['E1107']);
});

test('a question of the self-test goes before the next look, and its answer to who asked', () => {
  const play = new Play().ready();
  assert.deepEqual(sent(play.tell({ type: 'ask', id: 1, command: 'samStatus' })), ['samStatus']);
  assert.deepEqual(play.tell({ type: 'ask', id: 2, command: 'samId' }), []);
  assert.deepEqual(asked(play.tell({ type: 'askGivenUp', id: 2, code: 'E9001' })), ['E9001']);
  assert.deepEqual(play.tell({ type: 'askGivenUp', id: 1, code: 'E9001' }), [], 'it is on the line');
  assert.deepEqual(asked(play.answer(SW.samNotAuthorised)), ['answer'], 'the self-test judges it');
  assert.equal(play.state.health.state, 'ready');
});

test('a question that is on the line when it is lost, or stopped, or not even connected, is answered', () => {
  assert.deepEqual(asked(new Play().tell({ type: 'ask', id: 1, command: 'samId' })), ['E1101']);
  for (const end of [{ type: 'lost', detail: 'port closed' } as const, { type: 'stop' } as const]) {
    const play = new Play().ready();
    play.tell({ type: 'ask', id: 1, command: 'samId' });
    assert.deepEqual(asked(play.tell(end)), ['E1101']);
  }
});

for (const command of ['selectCard', 'readTextPhoto', 'readNewAddress'] as const) {
  test(`a reader that is lost in the middle of a card ends the reading (${command})`, () => {
    const play = new Play().ready();
    play.tell({ type: 'readWanted', id: 1, extras: ['newestAddress'] });
    play.answer(...FOUND);
    if (command !== 'selectCard') play.answer(...SELECTED);
    if (command === 'readNewAddress') play.answer(SW.success, CARD);
    assert.equal(play.state.inFlight?.command, command);
    assert.deepEqual(settled(play.tell({ type: 'writeFailed', detail: 'port closed' })), ['E1101']);
  });
}

test('a command that came as noise to the module is repeated at once, and not for ever', () => {
  for (const sw3 of [SW.badChecksum, SW.badLength]) {
    const play = new Play().ready();
    play.tell({ type: 'readWanted', id: 1 });
    assert.deepEqual(sent(play.answer(sw3)), ['findCard']);
    assert.ok(play.answer(sw3).some((c) => c.type === 'checkPresence'));
  }
});

test('a port that cannot say whether it is there leaves the silence to speak', () => {
  const play = new Play().ready();
  play.wake();
  play.wake();
  play.wake();
  play.tell({ type: 'presence', present: undefined });
  assert.equal(play.state.health.state, 'offline');
  assert.deepEqual(play.tell({ type: 'presence', present: true }), [], 'asked and answered');
});

test('fingerprints are read only where they are wanted and known', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1, extras: ['fingerprints', 'photoWlt', 'formerNumber'] });
  play.answer(...FOUND);
  assert.deepEqual(sent(play.answer(...SELECTED)), ['readTextPhotoFingerprint']);
  const { extras } = cardOf(play.answer(SW.success, CARD_WITH_PRINTS)) ?? {};
  assert.deepEqual(Object.keys(extras ?? {}), ['photoWlt', 'fingerprints'], 'this card had no number before');
});

test('a module of the first series is asked for fingerprints once, and gives the rest', () => {
  const play = new Play().ready();
  for (const expected of [['readTextPhotoFingerprint'], ['readTextPhoto']]) {
    play.tell({ type: 'readWanted', id: 1, extras: ['fingerprints'] });
    play.answer(...FOUND);
    assert.deepEqual(sent(play.answer(...SELECTED)), expected);
    if (expected[0] === 'readTextPhotoFingerprint') {
      assert.deepEqual(sent(play.answer(SW.badCommand)), ['readTextPhoto']);
    }
    assert.deepEqual(cardOf(play.answer(SW.success, CARD))?.extras, {});
    play.wake();
    play.answer(SW.readFailed);
  }
});

test('a 2023 card of a permanent resident tells the number of the card before it', () => {
  const text = Buffer.from(CARD.subarray(4, 260));
  const fields = { 122: FIVE_STAR, 242: 'XXX', 248: 'Y', 250: '001' };
  for (const [offset, value] of Object.entries(fields)) text.write(value.padEnd(3, ' '), Number(offset), 'utf16le');
  const card = Uint8Array.from([1, 0, 4, 0, ...text, ...CARD.subarray(260)]);
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1, extras: ['formerNumber'] });
  play.answer(...FOUND);
  play.answer(...SELECTED);
  const { extras } = cardOf(play.answer(SW.success, card)) ?? {};
  assert.match(extras?.formerNumber ?? '', /^XXX\d{12}$/);
});

test('the newest address goes with the card, and an empty one is left out', () => {
  const address = Buffer.alloc(70, Buffer.from(' ', 'utf16le'));
  for (const [text, extras] of [
    ['江州市望江区', { newestAddress: '江州市望江区' }],
    ['', {}],
  ] as const) {
    const play = new Play().ready();
    play.tell({ type: 'readWanted', id: 1, extras: ['newestAddress'] });
    play.answer(...FOUND);
    play.answer(...SELECTED);
    play.answer(SW.success, CARD);
    address.write(text, 'utf16le');
    assert.deepEqual(cardOf(play.answer(SW.success, address))?.extras, extras);
    address.fill(Buffer.from(' ', 'utf16le'));
  }
});

test('a card that leaves while it is read is gone; one that cannot be read must be lifted', () => {
  const gone = reading();
  assert.deepEqual(settled(gone.answer(SW.readFailed)), ['E1102']);
  assert.equal(gone.state.presentation, undefined);

  const damaged = reading();
  const text = Uint8Array.from(CARD);
  text.fill(0x20, 4, 260);
  assert.deepEqual(settled(damaged.answer(SW.success, text)), ['E1103'], 'no text on it');
  assert.equal(damaged.state.presentation?.probe, 'probeAddress');

  const cut = reading();
  assert.deepEqual(settled(cut.answer(SW.success, CARD.subarray(0, 900))), ['E1103'], 'lengths that contradict');

  const play = unreadable();
  assert.deepEqual(sent(play.wake()), ['findCard']);
  play.answer(...FOUND);
  assert.notEqual(play.state.presentation, undefined, 'it still lies there');
  play.wake();
  play.answer(SW.findFailed);
  assert.equal(play.state.presentation, undefined);
});

test('a reading that was given up goes no further than the card, and tells nobody', () => {
  const found = new Play().ready();
  found.tell({ type: 'readWanted', id: 1 });
  found.tell({ type: 'readGivenUp', id: 1, code: 'E9001' });
  assert.deepEqual(found.answer(...FOUND), [], 'nobody wants a card');

  const selected = new Play().ready();
  selected.tell({ type: 'readWanted', id: 1, extras: ['fingerprints'] });
  selected.answer(...FOUND);
  selected.tell({ type: 'readGivenUp', id: 1, code: 'E9001' });
  const after = selected.answer(...SELECTED);
  assert.deepEqual(sent(after), ['readTextPhoto']);
  assert.ok(!after.some((c) => c.type === 'progress'));
});

test('a card that lies there when the reader comes back is not read a second time', () => {
  const play = new Play().ready();
  read(play, 1);
  play.tell({ type: 'lost', detail: 'port closed' });
  play.tell({ type: 'presence', present: true });
  play.tell({ type: 'opened' });
  play.answer(SW.success);
  assert.deepEqual(sent(play.answer(SW.success, new Uint8Array(16))), ['findCard']);
  assert.equal(play.state.presentation?.probe, 'probeFind', 'after a loss of power it may be found again');
});

test('where no other speed is to be tried, silence is silence', () => {
  for (const settings of [
    { ...DEFAULT_SETTINGS, search: false },
    { ...DEFAULT_SETTINGS, speed: undefined },
  ]) {
    const play = new Play(settings);
    assert.deepEqual(opens(play.tell({ type: 'start' })), [settings.speed]);
    play.tell({ type: 'opened' });
    play.wake();
    assert.ok(play.wake().some((c) => c.type === 'checkPresence'));
  }
});

test('only one card is waited for, and what comes out of turn changes nothing', () => {
  const play = new Play().ready();
  play.tell({ type: 'readWanted', id: 1 });
  assert.throws(() => play.tell({ type: 'readWanted', id: 2 }), /being waited for already/);
  for (const event of [
    { type: 'start' },
    { type: 'opened' },
    { type: 'openFailed', detail: '' },
    { type: 'presence', present: false },
    { type: 'tick' },
  ] as const) {
    assert.deepEqual(play.tell(event), [], event.type);
  }
  const stopped = new Play();
  for (const event of [{ type: 'lost', detail: '' }, { type: 'tick' }] as const) {
    assert.deepEqual(stopped.tell(event), [], event.type);
  }
  assert.deepEqual(stopped.answer(SW.success, NOTHING), []);
});
