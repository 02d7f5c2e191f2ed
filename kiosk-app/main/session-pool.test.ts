import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Clock, ManualClock, systemClock } from '@kiosk/contract/kernel/clock.ts';
import { SessionPool } from './session-pool.ts';
import type { SessionProcess } from './session-process.ts';

const FAKE = path.join(import.meta.dirname, 'testing', 'fake-session.ts');

/** A pool of real processes, and what its stage was asked to show. */
function start(t: TestContext, entry = FAKE, clock: Clock = systemClock) {
  const events = new EventEmitter();
  const shown: SessionProcess[] = [];
  const stopped: string[] = [];
  const pool = new SessionPool({
    command: { node: process.execPath, entry, env: { PATH: process.env['PATH'] } },
    clock,
    stage: {
      show: (session) => {
        shown.push(session);
        events.emit('shown', session);
        return Promise.resolve();
      },
      outOfService: (code) => {
        stopped.push(code);
        events.emit('stopped', code);
      },
    },
    log: (event, detail) => events.emit('log', event, detail),
  });
  t.after(() => pool.stop());
  const next = async () => ((await once(events, 'shown')) as [SessionProcess])[0];
  return { pool, shown, stopped, events, next };
}

function isAlive(pid: number | undefined): boolean {
  try {
    process.kill(pid ?? 0, 0);
    return true;
  } catch {
    return false;
  }
}

/** Killed is not yet gone: the kernel needs a moment to say so. */
async function gone(session: SessionProcess): Promise<void> {
  while (!session.gone) await new Promise((resolve) => setImmediate(resolve));
}

test('a session is active and shows its view before anybody sees it', async (t) => {
  const { pool, next } = start(t);
  pool.start();
  const first = await next();
  assert.equal(first.view?.content.screen, 'attract');
  assert.equal(first.view.frame.terminalId, String(first.pid));
});

test('the session ends: the reserve takes over and the old process is killed', async (t) => {
  const { pool, next } = start(t);
  pool.start();
  const first = await next();
  pool.act({ type: 'end' });
  const second = await next();
  await gone(first);
  assert.notEqual(second.pid, first.pid);
  assert.equal(isAlive(first.pid), false, 'what the first session knew must be gone with its process');
  assert.equal(pool.current, second);
});

test('the session process crashes: the next one comes by itself', async (t) => {
  const { pool, next } = start(t);
  pool.start();
  const first = await next();
  pool.act({ type: 'retry' });
  const second = await next();
  assert.equal(first.gone, true);
  assert.equal(second.view?.content.screen, 'attract');
});

test('the session process is killed from outside', async (t) => {
  const { pool, next } = start(t);
  pool.start();
  const first = await next();
  process.kill(first.pid!, 'SIGKILL');
  const second = await next();
  assert.notEqual(second.pid, first.pid);
});

test('the screen is lost: its session is replaced and killed', async (t) => {
  const { pool, next } = start(t);
  pool.start();
  const first = await next();
  const coming = next();
  pool.replace('renderer crashed');
  const second = await coming;
  await gone(first);
  assert.notEqual(second.pid, first.pid);
});

test('an action that hangs does not keep the session from being replaced', async (t) => {
  const { pool, next } = start(t);
  pool.start();
  const first = await next();
  pool.act({ type: 'resendCode' });
  const coming = next();
  pool.replace('stopped beating');
  await coming;
  await gone(first);
});

test('five failures in five minutes: out of service, and one more try after half a minute', async (t) => {
  const clock = new ManualClock();
  const { pool, stopped, events } = start(t, path.join(import.meta.dirname, 'testing', 'no-such-session.ts'), clock);
  pool.start();
  await once(events, 'stopped');
  assert.deepEqual(stopped, ['E9009']);
  const again = once(events, 'stopped');
  clock.advance(30_000);
  await again;
  assert.deepEqual(stopped, ['E9009', 'E9009']);
});

test('stopping leaves no process behind', async (t) => {
  const { pool, next } = start(t);
  pool.start();
  const first = await next();
  await pool.stop();
  assert.equal(isAlive(first.pid), false);
});
