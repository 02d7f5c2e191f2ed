import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { socketPath } from '@kiosk/contract/config.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import type { Screen, ScreenName, ScreenOf, View } from '@kiosk/contract/screen/view.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { type Session, startSession } from './session.ts';
import { type FakeServices, TOKEN, startFakeServices } from './testing/fake-services.ts';
import * as F from './testing/fixtures.ts';

interface Running {
  readonly session: Session;
  readonly services: FakeServices;
  readonly ended: Promise<string>;
  /** Keys of the PIN pad, in order. */
  readonly heard: readonly string[];
  readonly heardKeys: (count: number) => Promise<void>;
  /** Waits until the screen shows what is asked for. */
  readonly until: <N extends ScreenName>(name: N, holds?: (screen: ScreenOf<N>) => boolean) => Promise<ScreenOf<N>>;
}

async function start(
  t: TestContext,
  replaced?: Parameters<typeof startFakeServices>[0],
  clock = new ManualClock(F.NOW),
): Promise<Running> {
  const services = await startFakeServices(replaced);
  const agent = connectService(syncAgent, { path: socketPath(services.socketDir, 'sync-agent'), token: TOKEN });
  const host = connectService(deviceHost, { path: socketPath(services.socketDir, 'device-host'), token: TOKEN });
  t.after(async () => {
    agent.close();
    host.close();
    await services.close();
  });
  const watchers = new Set<(content: Screen) => void>();
  const heard: string[] = [];
  const news = new EventEmitter();
  const end = Promise.withResolvers<string>();
  const session = startSession({
    sessionId: 'session-1',
    identity: F.IDENTITY,
    version: '0.1.0',
    clock,
    agent,
    host,
    show: (view: View | null) => {
      if (view) for (const watcher of watchers) watcher(view.content);
    },
    sound: () => {},
    key: (key) => {
      heard.push(key);
      news.emit('key');
    },
    ended: end.resolve,
  });
  const until: Running['until'] = (name, holds = () => true) =>
    new Promise((resolve) => {
      const look = (content: Screen) => {
        const screen = content as ScreenOf<typeof name>;
        if (content.screen !== name || !holds(screen)) return;
        watchers.delete(look);
        resolve(screen);
      };
      watchers.add(look);
      const view = session.view();
      if (view) look(view.content);
    });
  const heardKeys = async (count: number) => {
    while (heard.length < count) await once(news, 'key');
  };
  session.dispatch({ type: 'activate' });
  await until('attract');
  return { session, services, ended: end.promise, heard, heardKeys, until };
}

async function identify({ session, services, until }: Running): Promise<void> {
  services.layCard();
  await until('enterCode');
  session.dispatch({ type: 'action', action: { type: 'submitCode', code: '246810' } });
  await until('menu');
}

async function askForStatement(running: Running): Promise<void> {
  await identify(running);
  running.session.dispatch({ type: 'action', action: { type: 'open', item: 'P01' } });
  await running.until('period');
  running.session.dispatch({ type: 'action', action: { type: 'choosePeriod', period: F.PERIOD } });
}

/** Tells when somebody starts to wait for the second after which a pad is asked again. */
class RestingClock extends ManualClock {
  readonly #resting = Promise.withResolvers<undefined>();

  get rests(): Promise<undefined> {
    return this.#resting.promise;
  }

  override after(ms: number, callback: () => void): () => void {
    if (ms === 1_000) this.#resting.resolve(undefined);
    return super.after(ms, callback);
  }
}

test('a statement over real sockets: intent, bytes to the printer, outcome, slip, in this order', async (t) => {
  const running = await start(t);
  await askForStatement(running);
  await running.until('printed', ({ slip }) => slip === 'printed');
  const { calls, inputs } = running.services;
  const print = calls.indexOf('printDocument');
  assert.equal(calls[print - 1], 'record operation.intended', calls.join('\n'));
  assert.equal(calls[print + 1], 'record operation.settled', calls.join('\n'));
  const sent = inputs['printDocument'] as { pdfBase64: string; jobName: string };
  assert.equal(sent.pdfBase64, F.ISSUED.pdfBase64);
  assert.equal(sent.jobName, `paper ${F.ISSUED.documentNumber}`);
  assert.equal((inputs['printSlip'] as { slip: { number: string } }).slip.number, F.ISSUED.documentNumber);
});

test('bytes that do not fit their hash are not printed', async (t) => {
  const running = await start(t, {
    agent: { issueDocument: () => Promise.resolve(ok({ ...F.ISSUED, sha256: '0'.repeat(64) })) },
  });
  await askForStatement(running);
  assert.equal((await running.until('failure')).code, 'E3104');
  assert.ok(!running.services.calls.includes('printDocument'));
});

test('the journal refuses the intent: the printer is never asked', async (t) => {
  const running = await start(t, {
    agent: {
      record: ({ data }) =>
        Promise.resolve(data.type === 'operation.intended' ? fail('E6101') : ok({ stream: 'audit' as const, seq: 1 })),
    },
  });
  await askForStatement(running);
  assert.equal((await running.until('failure')).code, 'E6101');
  assert.ok(!running.services.calls.includes('printDocument'));
});

test('a question whose screen was left is taken back', async (t) => {
  const cancelled = Promise.withResolvers<string>();
  const running = await start(t, {
    agent: {
      details: (_input, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            cancelled.resolve(String(signal.reason));
            resolve(fail('E9001'));
          });
        }),
    },
  });
  await identify(running);
  const act = (action: Parameters<typeof running.session.dispatch>[0] & { type: 'action' }) =>
    running.session.dispatch(action);
  act({ type: 'action', action: { type: 'open', item: 'Q02' } });
  await running.until('period');
  act({ type: 'action', action: { type: 'choosePeriod', period: F.PERIOD } });
  await running.until('working');
  act({ type: 'action', action: { type: 'back' } });
  assert.equal(await cancelled.promise, 'E9001');
  await running.until('period');
});

test('the device-host dies with the job in hand and comes back knowing it: the journal gets its word', async (t) => {
  const printing = Promise.withResolvers<undefined>();
  const running = await start(t, {
    host: {
      printDocument: (_input, { signal }) => {
        printing.resolve(undefined);
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(fail('E9001'))));
      },
      findOperation: ({ operationId }) => Promise.resolve(ok({ operationId, state: 'done' as const, printed: 3 })),
    },
  });
  await askForStatement(running);
  await printing.promise;
  const { host, socketDir, calls } = running.services;
  await host.close();
  await host.listen(socketPath(socketDir, 'device-host'));
  await running.until('printed', ({ slip }) => slip === 'printed');
  assert.equal(calls.filter((name) => name === 'printDocument').length, 1, 'it was never printed twice');
  assert.ok(calls.includes('findOperation'));
});

test('the end: the identity ends at the platform and the session asks to be killed', async (t) => {
  const running = await start(t);
  await identify(running);
  running.session.dispatch({ type: 'action', action: { type: 'end' } });
  await running.until('goodbye');
  running.session.dispatch({ type: 'action', action: { type: 'end' } });
  assert.equal(await running.ended, 'ended');
  assert.ok(running.services.calls.includes('endIdentity'));
});

test('keys of the PIN pad reach the screen from when there is a pad that is ready', async (t) => {
  const asked = Promise.withResolvers<undefined>();
  const clock = new RestingClock(F.NOW);
  let times = 0;
  let release = () => {};
  const again = Promise.withResolvers<undefined>();
  const running = await start(
    t,
    {
      host: {
        readKeys: (_input, { progress, signal }) => {
          times += 1;
          for (const key of ['down', 'enter'] as const) progress({ key });
          (times === 1 ? asked : again).resolve(undefined);
          return new Promise((resolve) => {
            release = () => resolve(fail('E1401'));
            signal.addEventListener('abort', release);
          });
        },
      },
    },
    clock,
  );
  assert.ok(!running.services.calls.includes('readKeys'), 'a machine without a pad is not asked for keys');
  const pad = (state: 'ready' | 'offline') => {
    const { devices, ...rest } = F.hostSnapshot();
    const status = { ...devices[0]!, id: 'pin-pad', kind: 'pinPad' as const, driver: 'zt598', state };
    running.services.host.publish({ ...rest, devices: [...devices, status] });
  };
  pad('ready');
  await asked.promise;
  await running.heardKeys(2);
  assert.deepEqual(running.heard, ['down', 'enter']);

  release();
  await clock.rests;
  clock.advance(1_000);
  await again.promise;
  await running.heardKeys(4);
  assert.deepEqual(
    running.heard,
    ['down', 'enter', 'down', 'enter'],
    'the pad that failed is heard again after a rest',
  );
});
