import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { socketPath } from '@kiosk/contract/config.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { syntheticPeople } from '@kiosk/domain/synthetic.ts';
import { readSecret } from '@kiosk/tools/provision/terminal.ts';
import type { Measure } from '../harness/figure.ts';
import { commandLine, pssMb, withDescendants } from '../harness/processes.ts';
import { median, rounded } from '../harness/statistics.ts';
import { type Kiosk, withKiosk } from './kiosk.ts';

const ROOT = join(import.meta.dirname, '../..');
const SESSIONS = 1_000;
/** Caches fill, code is compiled, the allocators find their size. */
const WARM_UP = 100;
const LOOK_EVERY = 100;
/** On a machine that is too slow for all of them: the growth of those there were counts for a thousand. */
const MOST_MS = 500_000;
const STUCK_MS = 60_000;
/** Several looks of the reader, which asks every 20 ms here. */
const LIFTED_MS = 200;
const COLLECTING_MS = 1_000;
const COLLECTS_WHEN_TOLD = `--import=${pathToFileURL(join(import.meta.dirname, '../harness/collects-when-told.mjs')).href}`;
const UNPACED = { 'id-reader': { times: { poll: 20 } } };

type Memory = Readonly<Record<'window MB' | 'device-host MB' | 'sync-agent MB', number>>;

/**
 * How much more memory everything holds that outlives a session, after a thousand of them: the window's program with its
 * helpers, the device-host and the sync-agent. In each a card is laid, read and checked by the platform, and the person
 * leaves by the key "cancel", until the first screen has come back in a new window of a new process; nothing looks into
 * the window meanwhile.
 */
export const sessionGrowth: Measure = ({ signal, tell }) =>
  withKiosk(
    async (kiosk) => {
      const { stack, executable, args, env } = kiosk;
      const { socketDir, tokenFile } = stack.installation.terminal;
      const client = connectService(deviceHost, {
        path: socketPath(socketDir, 'device-host'),
        token: readSecret(tokenFile),
      });
      const window = spawn(executable, args, { env: { ...env, KIOSK_NODE: packagedSession(kiosk) }, stdio: 'ignore' });
      try {
        const person = visits(kiosk, client);
        const end = performance.now() + MOST_MS;
        const looks: { readonly sessions: number; readonly memory: Memory }[] = [];
        for (let sessions = 1; sessions <= WARM_UP + SESSIONS; sessions++) {
          signal.throwIfAborted();
          await person();
          if (sessions < WARM_UP || sessions % LOOK_EVERY !== 0) continue;
          looks.push({ sessions: sessions - WARM_UP, memory: await look(kiosk, window.pid!) });
          tell(`${looks.at(-1)!.sessions} sessions, ${rounded(sum(looks.at(-1)!.memory))} MB`);
          if (performance.now() > end) break;
        }
        const [first, last] = [looks[0]!, looks.at(-1)!];
        if (last.sessions < LOOK_EVERY) return { reason: `only ${last.sessions} sessions in ${MOST_MS / 1000} s` };
        const slope = slopeOf(looks.map(({ sessions, memory }) => [sessions, sum(memory)]));
        return {
          runs: [((slope * SESSIONS) / sum(first.memory)) * 100],
          against: {
            sessions: last.sessions,
            ...named('before', first.memory),
            ...named('after', last.memory),
            Electron: kiosk.electron,
          },
        };
      } finally {
        client.close();
        const ended = once(window, 'exit');
        window.kill('SIGTERM');
        await ended;
      }
    },
    { extras: ['pinPad'], deviceOptions: UNPACED, nodeOptions: COLLECTS_WHEN_TOLD },
  );

/** A Node that runs the session as it is packaged: from its source it takes longer to start than the whole visit. */
function packagedSession({ stack }: Kiosk): string {
  const file = join(stack.installation.dir, 'packaged-session');
  const session = join(ROOT, 'dist/programs/session.mjs');
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${session}"\n`, { mode: 0o755 });
  return file;
}

/** Somebody lays a card, and leaves by the keys when it was read; done when the next card can be read. */
function visits({ stack }: Kiosk, client: ServiceClient<typeof deviceHost>): () => Promise<void> {
  const people = syntheticPeople(shanghaiDate(Date.now())).map(({ key }) => key);
  const cardsRead = () => client.snapshot?.devices.find(({ id }) => id === 'id-reader')?.counters['cardsRead'] ?? 0;
  let visit = 0;
  return async () => {
    const before = cardsRead();
    const stuck = performance.now() + STUCK_MS;
    // Nobody's card takes the place of another's without a moment in between.
    await stack.bench.bench.act('liftCard', undefined);
    await wait(LIFTED_MS);
    await stack.bench.bench.act('layCard', people[visit++ % people.length]);
    // Whoever was there before is still leaving: the keys are pressed until the next session has read the card.
    while (cardsRead() === before) {
      if (performance.now() > stuck) throw new Error(`session ${visit} read no card`);
      await stack.machine.pinPad!.call('press', { keys: ['cancel'] });
      await wait(20);
    }
  };
}

async function look({ stack }: Kiosk, window: number): Promise<Memory> {
  const pid = (name: 'device-host' | 'sync-agent') => stack.programs.get(name)!.state.pid!;
  for (const name of ['device-host', 'sync-agent'] as const) process.kill(pid(name), 'SIGUSR2');
  await wait(COLLECTING_MS);
  // The page and the session of the moment end with it.
  const survives = (one: number) => !/--type=renderer|programs\/session\.mjs/.test(commandLine(one));
  return {
    'window MB': withDescendants(window)
      .filter(survives)
      .reduce((total, one) => total + pssMb(one), 0),
    'device-host MB': pssMb(pid('device-host')),
    'sync-agent MB': pssMb(pid('sync-agent')),
  };
}

const sum = (memory: Memory) => Object.values(memory).reduce((total, part) => total + part, 0);
const named = (when: string, memory: Memory) =>
  Object.fromEntries(Object.entries(memory).map(([name, part]) => [`${name} ${when}`, rounded(part)]));

/** MB a session: the median of the slopes between all pairs (Theil and Sen), which one odd look does not bend. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  return median(
    points.flatMap(([x, y], at) => points.slice(at + 1).map(([laterX, laterY]) => (laterY - y) / (laterX - x))),
  );
}
