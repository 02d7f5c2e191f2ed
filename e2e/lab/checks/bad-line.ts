import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { socketPath } from '@kiosk/contract/config.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { connectService } from '@kiosk/contract/rpc/client.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { LabCheck } from '@kiosk/testbench/lab/check.ts';
import { readBadLine } from '@kiosk/tools/lab/bad-line.ts';
import { system } from '../../disks/command.ts';

/** A line through a city on a bad day: slow, unsteady, losing some, doubling a few, and out of turn. */
const WEATHER = 'delay 40ms 30ms loss 4% duplicate 2% reorder 20% 50%';

/** Real agent, real platform, both as programs of their own, and TCP between them that has a hard time. */
export const BAD_LINE: LabCheck = {
  id: 'bad-line',
  title: 'a slow line that loses, doubles and reorders packets: every entry arrives, once, in order',
  needs: ['/sys/module/sch_netem'],
  async run() {
    const { installation, platformConfig, terminalConfig, entries, token } = readBadLine();
    // As on a wire; the packets of a loopback device hold a whole batch each.
    system('ip', 'link', 'set', 'lo', 'mtu', '1500', 'gso_max_segs', '1');
    system('tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', ...WEATHER.split(' '));
    const platform = start('platform.js', { PLATFORM_CONFIG: platformConfig });
    let agent: ReturnType<typeof start> | undefined;
    try {
      await once(createInterface({ input: platform.child.stdout }), 'line');
      agent = start('agent.js', { KIOSK_CONFIG: terminalConfig });
      await drained(installation.socketDir, token);
    } catch (error) {
      throw new Error(`${String(error)}\n${platform.said()}\n${agent?.said()}`, { cause: error });
    } finally {
      await agent?.stop();
      await platform.stop();
    }
    const statistics = system('tc', '-s', 'qdisc', 'show', 'dev', 'lo');
    system('tc', 'qdisc', 'del', 'dev', 'lo', 'root');
    const [, packets = '0', dropped = '0'] = /(\d+) pkt \(dropped (\d+)/.exec(statistics) ?? [];
    assert.ok(Number(dropped) > 0, `the line lost nothing: ${statistics}`);

    const arrived = compare(join(installation.dataDir, 'journal.db'), join(installation.platformDir, 'platform.db'));
    assert.ok(arrived >= entries, `${arrived} of ${entries} entries arrived`);
    return `${arrived} entries in ${packets} packets, of which ${dropped} were lost (${WEATHER})`;
  },
};

function start(program: string, environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, program)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const ended = once(child, 'exit');
  return {
    child,
    said: () => `${program}: ${said}`,
    async stop() {
      // What counts is on the disk by now, and an orderly end takes its time in emulation.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Resolves when the agent has nothing more to deliver. */
async function drained(socketDir: string, token: string): Promise<void> {
  const client = connectService(syncAgent, { path: socketPath(socketDir, 'sync-agent'), token });
  await new Promise<void>((resolve) =>
    client.onSnapshot((snapshot) => {
      if (snapshot?.link.state !== 'online') return;
      if (Object.values(snapshot.queue).every(({ pending }) => pending === 0)) resolve();
    }),
  );
  client.close();
}

interface Row {
  readonly seq: number;
  readonly link: string;
}

/** Holds what the platform kept against the journal, entry by entry; answers how many they are. */
function compare(journalFile: string, platformFile: string): number {
  const journal = new Database(journalFile, { readonly: true });
  const platform = new Database(platformFile, { readonly: true });
  try {
    let arrived = 0;
    for (const stream of StreamName.options) {
      const own = journal
        .prepare<[], Row>(`SELECT seq, lower(hex(link)) AS link FROM entry_${stream} ORDER BY seq`)
        .all();
      const kept = platform.prepare<[string], Row>(`SELECT seq, link FROM entry_key WHERE stream = ? ORDER BY seq`);
      const there = kept.all(stream);
      assert.deepEqual(there, own.slice(0, there.length), `${stream}: not the entries of the journal in their order`);
      const bodies = platform.prepare<[string], number>('SELECT count(*) FROM entry_body WHERE stream = ?').pluck();
      assert.equal(bodies.get(stream), there.length, `${stream}: an entry is kept twice, or not at all`);
      arrived += there.length;
    }
    const requests = `SELECT count(*) - count(DISTINCT request_number) FROM request`;
    assert.equal(platform.prepare(requests).pluck().get(), 0, 'a request was carried out twice');
    const alarms = `SELECT code || ' ' || detail FROM security_event WHERE code <> 'E6203'`;
    assert.deepEqual(platform.prepare(alarms).pluck().all(), [], 'an honest terminal is accused');
    return arrived;
  } finally {
    journal.close();
    platform.close();
  }
}
