import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail } from '@kiosk/contract/kernel/result.ts';
import * as F from '../session/testing/fixtures.ts';
import { Play } from '../session/testing/play.ts';

const SECRET = 'a long secret';

function signedIn(play = Play.ready(), minutes = 10): Play {
  play.act({ type: 'openService' }).act({ type: 'signIn', name: 'lin', secret: SECRET });
  const expiresAt = F.NOW + play.state.time.mono + minutes * 60_000;
  return play.answer('signIn', { technicianToken: 'technician-token', name: 'lin', expiresAt });
}

test('a technician signs in, tests one device, and the result is journaled by the agent', () => {
  const play = signedIn();
  assert.deepEqual(play.entries('session.opened')[0]?.mode, 'technician');
  assert.equal(play.asks('readCard'), false, 'no card is read meanwhile');
  play.act({ type: 'selfTest', deviceId: 'id-reader' });
  assert.deepEqual(play.screen('technician').testing, ['id-reader']);
  play.answer('selfTest', { deviceId: 'id-reader', passed: true, milliseconds: 120, steps: [] });
  assert.deepEqual(play.screen('technician').testing, []);
  assert.equal(play.screen('technician').selfTests[0]?.passed, true);
  const { deviceId, passed } = play.asked('recordSelfTest');
  assert.deepEqual([deviceId, passed], ['id-reader', true]);
});

test('all devices at once; one that cannot be tested has failed its test', () => {
  const play = signedIn().act({ type: 'selfTest', deviceId: 'all' });
  assert.equal(play.screen('technician').testing.length, 3);
  play.fails('selfTest', 'E9002');
  const [failed] = play.screen('technician').selfTests;
  assert.deepEqual([failed?.passed, failed?.steps[0]?.name], [false, 'E9002']);
  assert.equal(play.screen('technician').testing.length, 2);
});

test('what to do about a step that failed is among what wants a person', () => {
  const play = signedIn().act({ type: 'selfTest', deviceId: 'id-reader' });
  const steps = [
    { name: 'port', passed: true },
    { name: 'antenna', passed: false, code: 'E1107' },
  ];
  play.answer('selfTest', { deviceId: 'id-reader', passed: false, milliseconds: 120, steps });
  assert.deepEqual(play.screen('technician').toDo, ['E1107']);
});

test('the history of a device: asked of the device-host, the last changes shown, closed by going back', () => {
  const play = signedIn().act({ type: 'showHistory', deviceId: 'id-reader' });
  assert.equal(play.asked('deviceHistory').deviceId, 'id-reader');
  assert.deepEqual(play.screen('technician').history, {
    deviceId: 'id-reader',
    entries: [],
    asking: true,
    error: null,
  });
  const changes = Array.from({ length: 12 }, (_, n) => ({ at: F.NOW - n * 60_000, state: 'ready' as const }));
  play.answer('deviceHistory', { changes });
  const { history } = play.screen('technician');
  assert.deepEqual([history?.asking, history?.entries], [false, changes.slice(0, 8)]);
  play.act({ type: 'back' });
  assert.equal(play.screen('technician').history, null, 'back closes the history, and nobody is signed out');
});

test('a history that cannot be had says why', () => {
  const play = signedIn().act({ type: 'showHistory', deviceId: 'id-reader' }).fails('deviceHistory', 'E9003');
  const { history } = play.screen('technician');
  assert.deepEqual([history?.asking, history?.error, history?.entries], [false, 'E9003', []]);
});

test('a history closed before its answer is not asked for any more', () => {
  const play = signedIn().act({ type: 'showHistory', deviceId: 'id-reader' });
  const { call } = play.asked('deviceHistory');
  play.act({ type: 'back' });
  assert.ok(play.told('cancel').some((told) => told.call === call));
  play.send({ type: 'answer', to: 'deviceHistory', call, result: fail('E9001') });
  assert.equal(play.screen('technician').history, null);
});

test('no history of a device this machine does not have', () => {
  const play = signedIn().act({ type: 'showHistory', deviceId: 'nothing' });
  assert.equal(play.asks('deviceHistory'), false);
  assert.equal(play.screen('technician').history, null);
});

test('signing out forgets the history on screen', () => {
  const play = signedIn().act({ type: 'showHistory', deviceId: 'id-reader' });
  play.answer('deviceHistory', { changes: [{ at: F.NOW, state: 'offline', code: 'E1101' }] });
  play.act({ type: 'end' });
  assert.ok(!('history' in play.state.stage));
});

test('the secret is in no state and no screen', () => {
  const play = Play.ready().act({ type: 'openService' }).act({ type: 'signIn', name: 'lin', secret: SECRET });
  assert.ok(!JSON.stringify(play.state).includes(SECRET));
});

test('a wrong secret is told; too many lock with a countdown and nothing is sent meanwhile', () => {
  const play = Play.ready().act({ type: 'openService' }).act({ type: 'signIn', name: 'lin', secret: 'wrong' });
  play.fails('signIn', 'E7101');
  assert.equal(play.screen('technicianSignIn').error, 'E7101');
  play.act({ type: 'signIn', name: 'lin', secret: 'wrong' }).fails('signIn', 'E7102', '45');
  assert.equal(play.screen('technicianSignIn').lockedSeconds, 45);
  play.act({ type: 'signIn', name: 'lin', secret: SECRET });
  assert.equal(play.asks('signIn'), false);
  play.pass(45_000);
  assert.equal(play.screen('technicianSignIn').lockedSeconds, null);
  play.act({ type: 'signIn', name: 'lin', secret: SECRET });
  assert.ok(play.asks('signIn'));
});

test('the sign-in ends by itself at its time', () => {
  const play = signedIn(Play.ready(), 4).pass(239_000);
  assert.equal(play.screen('technician').expiresInSeconds, 1);
  play.pass(1_000);
  assert.deepEqual(play.told('signOut'), [{ do: 'signOut', token: 'technician-token' }]);
  play.screen('goodbye');
});

test('signing in is left: back on the first screen with the reader waiting, and nothing was journaled', () => {
  const play = Play.ready().act({ type: 'openService' }).act({ type: 'back' });
  play.screen('attract');
  assert.ok(play.asks('readCard'));
  assert.equal(play.journal.length, 0);
});

test('an agent that restarted does not know the token: sign in again', () => {
  const play = signedIn().act({ type: 'testLink' }).fails('testLink', 'E7103');
  assert.equal(play.screen('technicianSignIn').error, 'E7103');
});

test('what wants a person, most urgent first', () => {
  const queue = { pending: 2, oldestAt: F.NOW, quarantined: 1 };
  const agent = F.agentSnapshot({
    accepting: false,
    journal: { code: 'E6101', sqliteVersion: '3.51.3' },
    queue: { ...F.agentSnapshot().queue, business: queue },
    unsettled: 1,
  });
  const host = F.hostSnapshot({
    'document-printer': { state: 'fault', code: 'E4102', warnings: ['E4110'] },
    'slip-printer': { warnings: ['E4209'] },
  });
  const technician = signedIn(Play.ready(agent, host)).screen('technician');
  assert.deepEqual(technician.toDo, ['E6101', 'E4102', 'E4110', 'E4209', 'E6301', 'E7104']);
  assert.equal(technician.queue.business.pending, 2);
  assert.equal(technician.unsettled, 1);
  assert.deepEqual(
    technician.versions.map(({ program }) => program),
    ['kiosk-app', 'device-host', 'sync-agent'],
  );
});

test('signing in works while the kiosk is out of service for depositors', () => {
  const play = signedIn(Play.ready(F.agentSnapshot({ catalogue: null })));
  play.screen('technician');
  play.act({ type: 'end' }).pass(5_000);
  assert.equal(play.told('ended').length, 1);
});
