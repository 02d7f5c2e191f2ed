import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';
import { fail, ok } from '../kernel/result.ts';
import { defineService } from '../kernel/service.ts';
import { connectService } from './client.ts';
import { hostService } from './server.ts';

const counter = defineService({
  name: 'counter',
  snapshot: z.object({ total: z.number() }),
  events: { wrapped: z.object({ at: z.number() }) },
  commands: {
    add: { input: z.object({ n: z.number() }), output: z.object({ total: z.number() }), deadlineMs: 1_000 },
    wait: { input: z.object({}), output: z.object({}), progress: z.object({ step: z.number() }), deadlineMs: 60_000 },
    crash: { input: z.object({}), output: z.object({}), deadlineMs: 1_000 },
    lie: { input: z.object({}), output: z.object({ honest: z.boolean() }), deadlineMs: 1_000 },
  },
});

/** The same name with another shape: a program of another release. */
const otherRelease = defineService({ ...counter, snapshot: z.object({ total: z.string() }) });

let folder: string;
let path: string;
let bugs: string[];
let aborted: Promise<string>;
let sayAborted: (reason: string) => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rpc-'));
  path = join(folder, 'counter.sock');
  bugs = [];
  aborted = new Promise((resolve) => (sayAborted = resolve));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function startHost() {
  let total = 0;
  const host = hostService(counter, {
    token: 'sesame',
    snapshot: { total },
    onBug: (command) => bugs.push(command),
    handlers: {
      add: async ({ n }) => {
        if (n < 0) return fail('E2201', 'negative');
        total += n;
        host.publish({ total });
        return ok({ total });
      },
      wait: (_input, { signal, progress }) =>
        new Promise((resolve) => {
          progress({ step: 1 });
          signal.addEventListener('abort', () => {
            sayAborted(String(signal.reason));
            resolve(fail(String(signal.reason)));
          });
        }),
      crash: async () => {
        throw new Error('bug');
      },
      lie: async () => ok({ honest: 'no' as unknown as boolean }),
    },
  });
  await host.listen(path);
  return host;
}

const client = (token = 'sesame') => connectService(counter, { path, token });
const ready = (c: ReturnType<typeof client>) =>
  new Promise<void>((resolve) => {
    const off = c.onSnapshot((s) => {
      if (s) queueMicrotask(() => (off(), resolve()));
    });
  });

describe('two programs of one machine', () => {
  it('a command is answered once and the new snapshot reaches every client', async () => {
    const host = await startHost();
    const [a, b] = [client(), client()];
    await Promise.all([ready(a), ready(b)]);
    const seen = new Promise<number>((resolve) => b.onSnapshot((s) => s && s.total === 5 && resolve(s.total)));
    assert.deepEqual(await a.call('add', { n: 5 }), ok({ total: 5 }));
    assert.equal(await seen, 5, 'the other client did not get the pushed snapshot');
    a.close();
    b.close();
    await host.close();
  });

  it('an expected failure arrives as its code', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    assert.deepEqual(await c.call('add', { n: -1 }), fail('E2201', 'negative'));
    c.close();
    await host.close();
  });

  it('a bug in a handler is reported as E9006 and the next call still works', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    const crashed = await c.call('crash', {});
    assert.equal(!crashed.ok && crashed.error.code, 'E9006');
    assert.deepEqual(bugs, ['crash']);
    assert.equal((await c.call('add', { n: 1 })).ok, true);
    c.close();
    await host.close();
  });

  it('input and output that break the contract are refused at both ends', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    const input = await c.call('add', { n: 'five' as unknown as number });
    assert.equal(!input.ok && input.error.code, 'E9005');
    const output = await c.call('lie', {});
    assert.equal(!output.ok && output.error.code, 'E9008');
    c.close();
    await host.close();
  });

  it('a cancelled command tells the handler and answers E9001', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    const cancel = new AbortController();
    const result = await c.call('wait', {}, { signal: cancel.signal, onProgress: () => cancel.abort() });
    assert.equal(!result.ok && result.error.code, 'E9001');
    assert.equal(await aborted, 'E9001', 'the handler was not told');
    c.close();
    await host.close();
  });

  it('a deadline is kept by the end that works, and answers E9002', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    const result = await c.call('wait', {}, { deadlineMs: 20 });
    assert.equal(!result.ok && result.error.code, 'E9002');
    c.close();
    await host.close();
  });

  it('a caller that dies cancels what it had started', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    void c.call('wait', {}, { onProgress: () => c.close() });
    assert.equal(await aborted, 'E9001');
    await host.close();
  });

  it('the program on the other end is killed and comes back: calls fail meanwhile, then work again', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    const lost = new Promise<void>((resolve) => c.onSnapshot((s) => s === undefined && resolve()));
    await host.close();
    await lost;
    const meanwhile = await c.call('add', { n: 1 });
    assert.equal(!meanwhile.ok && meanwhile.error.code, 'E9003');
    const second = await startHost();
    await ready(c);
    assert.deepEqual(await c.call('add', { n: 1 }), ok({ total: 1 }));
    c.close();
    await second.close();
  });

  it('a wrong token or another release gets no snapshot', async () => {
    const host = await startHost();
    for (const [service, token, code] of [
      [counter, 'guess', 'E9007'],
      [otherRelease, 'sesame', 'E9004'],
    ] as const) {
      const socket = connect(path);
      const { contractHash } = await import('../kernel/service.ts');
      socket.write(JSON.stringify({ t: 'hello', service: 'counter', hash: contractHash(service), token }) + '\n');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      assert.deepEqual(JSON.parse(String(answer)), { t: 'refused', code });
      socket.destroy();
    }
    await host.close();
  });

  it('a caller that is not let in hears why', async () => {
    const host = await startHost();
    const c = client('guess');
    const refused = await new Promise<string>((resolve) => {
      const ask = async (): Promise<void> => {
        const result = await c.call('add', { n: 1 });
        if (!result.ok && result.error.code !== 'E9003') return resolve(result.error.code);
        setImmediate(() => void ask());
      };
      void ask();
    });
    assert.equal(refused, 'E9007');
    c.close();
    await host.close();
  });

  it('a peer that sends garbage loses its connection and nobody else does', async () => {
    const host = await startHost();
    const c = client();
    await ready(c);
    const vandal = connect(path);
    vandal.on('error', () => {});
    vandal.write('{"t":"command"}\n\u0000\u0001 not json\n');
    await once(vandal, 'close');
    assert.equal((await c.call('add', { n: 2 })).ok, true);
    c.close();
    await host.close();
  });

  it('a message cut into single bytes is still one message', async () => {
    const host = await startHost();
    const { contractHash } = await import('../kernel/service.ts');
    const socket = connect(path);
    const hello = Buffer.from(
      JSON.stringify({ t: 'hello', service: 'counter', hash: contractHash(counter), token: 'sesame' }) + '\n',
    );
    for (const byte of hello) socket.write(Buffer.of(byte));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.deepEqual(JSON.parse(String(answer)), { t: 'welcome', snapshot: { total: 0 } });
    socket.destroy();
    await host.close();
  });
});
