import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test from 'node:test';
import fc from 'fast-check';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { Action } from '@kiosk/contract/screen/action.ts';
import { ScreenCalls } from './screen-calls.ts';

const PAGE = { url: 'app://kiosk/index.html', parent: null };

function listen() {
  const port = new EventEmitter();
  const onScreen = {};
  const clock = new ManualClock();
  const refused: string[] = [];
  const heard: Action[] = [];
  const calls = new ScreenCalls(
    { on: (channel, listener) => void port.on(channel, listener) },
    { isCurrent: (sender) => sender === onScreen, clock, onRefused: (_channel, why) => refused.push(why) },
  );
  calls.on('act', Action, (action) => heard.push(action));
  const send = (args: unknown[], event: object = { sender: onScreen, senderFrame: PAGE }) =>
    port.emit('act', event, ...args);
  return { send, refused, heard, clock, onScreen };
}

test('an action of the page on screen is heard', () => {
  const { send, heard, refused } = listen();
  send([{ type: 'open', item: 'P01' }]);
  assert.deepEqual(heard, [{ type: 'open', item: 'P01' }]);
  assert.deepEqual(refused, []);
});

test('another window, a frame inside the page, a page that is not ours: not heard', () => {
  const { send, heard, onScreen } = listen();
  const touch = [{ type: 'touched' }];
  send(touch, { sender: {}, senderFrame: PAGE });
  send(touch, { sender: onScreen, senderFrame: { ...PAGE, parent: {} } });
  send(touch, { sender: onScreen, senderFrame: null });
  for (const url of [
    'https://kiosk/index.html',
    'app://kiosk.evil/index.html',
    'app://kiosk@evil/index.html',
    'app://user@kiosk/index.html',
    'app://evil/kiosk',
    'apps://kiosk/',
    'file:///app://kiosk/',
    'about:blank',
    'data:text/html,app://kiosk',
    '',
  ]) {
    send(touch, { sender: onScreen, senderFrame: { url, parent: null } });
  }
  assert.deepEqual(heard, []);
});

test('nothing but one well-formed action is heard, whatever is sent', () => {
  fc.assert(
    fc.property(fc.array(fc.anything(), { maxLength: 3 }), (args) => {
      const { send, heard } = listen();
      send(args);
      const wellFormed = args.length === 1 && Action.safeParse(args[0]).success;
      assert.equal(heard.length, wellFormed ? 1 : 0);
    }),
  );
});

test('what is not in the schema does not pass through', () => {
  const { send, heard } = listen();
  send([{ type: 'touched', extra: 'x' }]);
  send([{ type: 'submitCode', code: 'abcdef' }]);
  send([{ type: 'turnPage', by: 3 }]);
  assert.deepEqual(heard, [{ type: 'touched' }]);
});

test('a page that calls faster than any finger is refused until it slows down', () => {
  const { send, heard, refused, clock } = listen();
  for (let i = 0; i < 1_000; i++) send([{ type: 'touched' }]);
  assert.ok(heard.length <= 40, `${heard.length} calls at once were heard`);
  assert.equal(refused.at(-1), 'too many calls');
  clock.advance(1_000);
  send([{ type: 'touched' }]);
  assert.ok(heard.length > 40 && heard.length <= 41);
});
