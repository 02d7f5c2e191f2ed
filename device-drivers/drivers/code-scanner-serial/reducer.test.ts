import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scanned } from '../../codec/scanner.ts';
import { LINK_TIMES } from '../line/link.ts';
import {
  type ScannerCommand,
  type ScannerEvent,
  type ScannerSetup,
  type ScannerState,
  TRIES,
  initialState,
  reduce,
  wakeAt,
} from './reducer.ts';

const SETUP: ScannerSetup = {
  answersHeartbeat: true,
  triggered: true,
  times: { ...LINK_TIMES, answer: 500, heartbeat: 3_000 },
};
const CODE: Scanned = { is: 'code', text: 'TICKET-7K2M9Q' };

class Play {
  state: ScannerState;
  now = 0;

  constructor(setup: Partial<ScannerSetup> = {}) {
    this.state = initialState({ ...SETUP, ...setup });
  }

  tell(event: ScannerEvent): readonly ScannerCommand[] {
    const step = reduce(this.state, event, this.now);
    this.state = step.state;
    return step.commands;
  }

  scan(scanned: Scanned): readonly ScannerCommand[] {
    return this.tell({ type: 'scanned', scanned });
  }

  wake(): readonly ScannerCommand[] {
    const at = wakeAt(this.state);
    assert.notEqual(at, undefined, 'the reducer sleeps for ever');
    this.now = Math.max(this.now, at!);
    return this.tell({ type: 'tick' });
  }

  ready(): this {
    this.tell({ type: 'start' });
    this.tell({ type: 'opened' });
    this.scan({ is: 'answer' });
    assert.equal(this.state.health.state, 'ready');
    return this;
  }
}

/** What was done, as words. */
const words = (commands: readonly ScannerCommand[]) =>
  commands.map((command) => {
    switch (command.type) {
      case 'send':
        return `send ${command.what}`;
      case 'settle':
        return `settle ${command.result.ok ? command.result.value : command.result.error.code}`;
      case 'health':
        return command.health.state;
      case 'emit':
        return command.event.type === 'counted' ? `count ${command.event.counter}` : command.event.type;
      default:
        return command.type;
    }
  });

test('a code goes to who waits for it, and the scanner looks no longer', () => {
  const play = new Play().ready();
  assert.deepEqual(words(play.tell({ type: 'wanted', id: 1 })), ['send start']);
  assert.deepEqual(words(play.scan(CODE)), ['settle TICKET-7K2M9Q', 'send stop', 'count codes']);
});

test('what is scanned while nobody waits is forgotten, and so is what comes without a connection', () => {
  assert.deepEqual(new Play().ready().scan(CODE), []);
  assert.deepEqual(new Play().scan(CODE), []);
});

test('a refused code is an answer, with its reason', () => {
  const play = new Play().ready();
  play.tell({ type: 'wanted', id: 1 });
  const [settled] = play.scan({ is: 'refused', because: 'control' });
  assert.ok(settled?.type === 'settle' && !settled.result.ok);
  assert.deepEqual(settled.result.error, { code: 'E1502', detail: 'control' });
});

test('a scanner that looks by itself is not told to', () => {
  const play = new Play({ triggered: false }).ready();
  assert.deepEqual(play.tell({ type: 'wanted', id: 1 }), []);
  assert.deepEqual(words(play.tell({ type: 'givenUp', id: 1, code: 'E9001' })), ['settle E9001']);
  assert.deepEqual(play.tell({ type: 'givenUp', id: 1, code: 'E9001' }), [], 'answered once');
});

test('two do not wait for codes at once', () => {
  const play = new Play().ready();
  play.tell({ type: 'wanted', id: 1 });
  assert.throws(() => play.tell({ type: 'wanted', id: 2 }), /being waited for already/);
});

test('a heartbeat is asked twice, then the scanner is doubted, and offline when the second source was asked', () => {
  const play = new Play().ready();
  play.tell({ type: 'wanted', id: 1 });
  for (let i = 0; i < TRIES; i++) assert.deepEqual(words(play.wake()), ['send heartbeat']);
  play.now--;
  assert.deepEqual(play.tell({ type: 'tick' }), [], 'before its time');
  assert.deepEqual(words(play.wake()), ['close', 'checkPresence', 'log']);
  assert.equal(wakeAt(play.state), undefined);
  assert.deepEqual(words(play.tell({ type: 'presence', present: true })), ['settle E1501', 'offline', 'log']);
  assert.deepEqual(words(play.tell({ type: 'wanted', id: 2 })), ['settle E1501']);
  play.wake();
  assert.deepEqual(play.tell({ type: 'openFailed', detail: 'absent' }), [], 'still away is no news');
});

test('a scanner that answers again was reset, and goes on looking for who waits', () => {
  const play = new Play().ready();
  play.tell({ type: 'wanted', id: 1 });
  play.tell({ type: 'lost', detail: 'port closed' });
  assert.deepEqual(words(play.tell({ type: 'presence', present: true })), ['open', 'starting']);
  assert.deepEqual(words(play.tell({ type: 'opened' })), ['send heartbeat']);
  assert.deepEqual(words(play.scan({ is: 'answer' })), ['ready', 'count resets', 'send start']);
  assert.deepEqual(play.scan({ is: 'answer' }), [], 'an answer to a heartbeat is no news');
});

test('a scanner without a heartbeat is there as long as its port is', () => {
  const play = new Play({ answersHeartbeat: false });
  play.tell({ type: 'start' });
  assert.deepEqual(words(play.tell({ type: 'opened' })), ['ready']);
  play.tell({ type: 'tick' });
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(words(play.wake()), ['checkPresence']);
    assert.deepEqual(play.tell({ type: 'presence', present: true }), []);
  }
  play.wake();
  play.tell({ type: 'presence', present: false });
  assert.deepEqual(words(play.tell({ type: 'presence', present: false })), ['offline', 'log']);
});

test('a scanner that is stopped answers who waits, and nobody after that', () => {
  const play = new Play().ready();
  play.tell({ type: 'wanted', id: 1 });
  assert.deepEqual(words(play.tell({ type: 'stop' })), ['settle E1501', 'send stop', 'close']);
  assert.deepEqual(words(play.tell({ type: 'stop' })), ['close']);
  assert.deepEqual(words(play.tell({ type: 'wanted', id: 2 })), ['settle E1501']);
  assert.equal(wakeAt(play.state), undefined);
});
