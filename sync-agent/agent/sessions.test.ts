import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { ending } from '../testing/ending.ts';
import { intended, must, openTestJournal, temporaryFolder } from '../testing/journal.ts';
import { type TestTerminal, agentClient, testDeviceHost, testTerminal, until } from '../testing/terminal.ts';
import { startAgent } from './agent.ts';
import { Sessions } from './sessions.ts';

async function startTestAgent(t: TestContext, terminal: TestTerminal) {
  const agent = must(
    await startAgent({
      config: terminal.config,
      token: terminal.token,
      version: '0.1.0',
      clock: systemClock,
      random: () => 0.01,
      log: () => {},
      heartbeatMs: 200,
    }),
  );
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= agent.stop());
  ending(t, stop);
  return { stop };
}

const opened = (sessionId: string) => ({ type: 'session.opened', sessionId, mode: 'depositor' }) as const;
const closed = (sessionId: string) => ({ type: 'session.closed', sessionId, reason: 'finished' }) as const;

function story(terminal: TestTerminal): string[] {
  return terminal.platform
    .bodies('audit')
    .filter((entry) => entry.type === 'session.opened' || entry.type === 'session.closed')
    .map((entry) => `${entry.sessionId} ${entry.type === 'session.closed' ? entry.reason : 'opened'}`);
}

async function told(terminal: TestTerminal, count: number): Promise<string[]> {
  for (let seq = 1; story(terminal).length < count; seq++) await terminal.platform.holds('audit', seq);
  return story(terminal);
}

test('a session that is killed is closed as lost when its connection goes, and its print is asked for', async (t) => {
  const terminal = await testTerminal(t);
  await startTestAgent(t, terminal);
  const host = await testDeviceHost(t, terminal);
  host.operations.set('print-of-session-1', { operationId: 'print-of-session-1', state: 'done', printed: 1 });
  const session = agentClient(t, terminal);
  await until(session, (s) => s.link.state === 'online');
  must(await session.call('record', { data: opened('session-1') }));
  must(await session.call('record', { data: intended('print-of-session-1') }));
  session.close();
  assert.deepEqual(await told(terminal, 2), ['session-1 opened', 'session-1 lost']);
  await terminal.platform.holds('business', 2);
  const settled = terminal.platform.bodies('business').find((entry) => entry.type === 'operation.settled');
  assert.equal(settled?.type === 'operation.settled' && settled.outcome, 'done');
});

test('a session that said goodbye is not lost; nor is one whose agent went away for a moment', async (t) => {
  const terminal = await testTerminal(t);
  const first = await startTestAgent(t, terminal);
  const session = agentClient(t, terminal);
  await until(session, (s) => s.accepting);
  must(await session.call('record', { data: opened('session-1') }));
  must(await session.call('record', { data: closed('session-1') }));
  must(await session.call('record', { data: opened('session-2') }));
  const away = new Promise<void>((resolve) => {
    session.onSnapshot((snapshot) => snapshot === undefined && resolve());
  });
  await first.stop();
  await away;
  await startTestAgent(t, terminal);
  await until(session, (s) => s.link.state === 'online');
  must(await session.call('record', { data: { type: 'identity.codeSent', sessionId: 'session-2' } }));
  must(await session.call('record', { data: closed('session-2') }));
  session.close();
  const next = agentClient(t, terminal);
  await until(next, (s) => s.accepting);
  must(await next.call('record', { data: opened('session-3') }));
  assert.deepEqual((await told(terminal, 5)).slice(0, 5), [
    'session-1 opened',
    'session-1 finished',
    'session-2 opened',
    'session-2 finished',
    'session-3 opened',
  ]);
});

test('the power went in the middle of a session: the next one closes it, and nothing older', (t) => {
  const folder = temporaryFolder(t);
  const before = must(openTestJournal(folder));
  for (const data of [opened('old'), closed('old'), opened('cut off')]) must(before.record(data));
  for (let n = 0; n < 50; n++) must(before.record({ type: 'query.answered', sessionId: 'cut off', item: 'Q01' }));
  before.close();

  const journal = must(openTestJournal(folder));
  ending(t, () => journal.close());
  const recorded: EntryData[] = [];
  const lost: string[] = [];
  const sessions = new Sessions(
    journal,
    (data) => recorded.push(data),
    (id) => lost.push(id),
  );
  assert.deepEqual(recorded, [], 'it may still live: only this program was away for certain');
  sessions.heard(opened('new'), undefined);
  assert.deepEqual(recorded, [{ type: 'session.closed', sessionId: 'cut off', reason: 'lost' }]);
  assert.deepEqual(lost, ['cut off']);
});
