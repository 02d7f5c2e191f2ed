import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Measure } from '../harness/figure.ts';
import { commandLine, pssMb, withDescendants } from '../harness/processes.ts';
import { rounded } from '../harness/statistics.ts';
import { withKiosk } from './kiosk.ts';

const RUNS = 3;
/** From the start to a terminal that stands still: windows drawn, the warm reserve started, caches filled. */
const SETTLE_MS = 12_000;

/**
 * What the terminal's programs hold together on the attract screen: window, sessions, device-host, sync-agent. The
 * window runs without any debugger attached.
 */
export const totalMemory: Measure = ({ signal, tell }) =>
  withKiosk(async ({ stack, executable, args, env, electron }) => {
    const runs: number[] = [];
    let parts: Record<string, number> = {};
    for (let i = 0; i < RUNS; i++) {
      tell(`letting the terminal settle, run ${i + 1} of ${RUNS}`);
      const window = spawn(executable, args, { env, stdio: 'ignore' });
      try {
        await wait(SETTLE_MS, undefined, { signal });
        const sessions = withDescendants(window.pid!).filter((pid) => /session\/main\.ts/.test(commandLine(pid)));
        if (sessions.length === 0) throw new Error('no session process runs under the window');
        const program = (name: 'device-host' | 'sync-agent') => pssMb(stack.programs.get(name)!.state.pid!);
        const sum = (pids: readonly number[]) => pids.reduce((total, pid) => total + pssMb(pid), 0);
        parts = {
          'window MB': sum(withDescendants(window.pid!).filter((pid) => !sessions.includes(pid))),
          'sessions MB': sum(sessions),
          'device-host MB': program('device-host'),
          'sync-agent MB': program('sync-agent'),
        };
        runs.push(Object.values(parts).reduce((total, part) => total + part, 0));
        parts['sessions running'] = sessions.length;
      } finally {
        const ended = once(window, 'exit');
        window.kill('SIGTERM');
        await ended;
      }
    }
    const shown = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, rounded(part)]));
    const note = 'programs run from source; the platform and the simulators share the pages of Node, which helps';
    return { runs, against: { ...shown, Electron: electron, note } };
  });
