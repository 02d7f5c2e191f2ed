import { createPublicKey } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { socketPath } from '@kiosk/contract/config.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { freePort } from '@kiosk/tools/dev/ports.ts';
import { writePlatformConfig } from '@kiosk/tools/provision/platform.ts';
import {
  type Installation,
  TERMINAL,
  provision,
  readSecret,
  writeTerminalConfig,
} from '@kiosk/tools/provision/terminal.ts';
import { startProgram } from '../harness/program.ts';
import { withFolder } from '../harness/scratch.ts';
import { must } from '../journal/bench-journal.ts';
import { fillJournal } from '../journal/fill.ts';

type Agent = ServiceClient<typeof syncAgent>;
type AgentSnapshot = Snapshot<typeof syncAgent>;

/** Between two calls of the depositor: a person does not ask faster, and the platform's limit for one terminal holds. */
const PAUSE_MS = 50;
/** Enough that their slowest twentieth is many calls. When they are made the person goes, and the rest is sent at once. */
const CALLS_DURING = 400;
const CALLS_AFTERWARDS = 200;

export interface Drained {
  readonly seconds: number;
  /** ms of each interactive call while the backlog was sent. */
  readonly during: readonly number[];
  /** The same afterwards, with nothing to send. */
  readonly afterwards: readonly number[];
  /** Records a second that got through while somebody asked; null: nobody did. */
  readonly besideThem: number | null;
}

/**
 * The real agent sends a backlog to the real platform over loopback TLS, while a depositor, identified before, keeps
 * asking for the account. `asking` false: nobody does, so that the drain has the line for itself.
 */
export function drainBacklog(records: number, asking: boolean, signal: AbortSignal): Promise<Drained> {
  return withFolder(async (dir) => {
    const installation = await provision(dir);
    const ports = { terminal: await freePort(0), public: await freePort(0) };
    const platform = startProgram(
      'central-platform/main.ts',
      { PLATFORM_CONFIG: writePlatformConfig(installation, ports) },
      join(installation.logs, 'central-platform.log'),
    );
    const { terminalUrl, publicUrl } = await platform.ready;
    const config = writeTerminalConfig(installation, { devices: [], platformUrl: String(terminalUrl) });
    mkdirSync(installation.terminal.dataDir, { recursive: true });
    fillJournal({
      file: join(installation.terminal.dataDir, 'journal.db'),
      terminalId: TERMINAL.terminalId,
      count: records,
      centreKey: createPublicKey(readFileSync(installation.terminal.centreKeyFile)),
    });
    const agent = startProgram(
      'sync-agent/agent/main.ts',
      { KIOSK_CONFIG: config },
      join(installation.logs, 'sync-agent.log'),
    );
    const client = connectService(syncAgent, {
      path: socketPath(installation.socketDir, 'sync-agent'),
      token: readSecret(installation.terminal.tokenFile),
    });
    try {
      // The agent's own word for when it began: this client may have connected later.
      const { link } = await until(client, (snapshot) => snapshot.link.state === 'online');
      const drained = until(client, ({ queue }) => Object.values(queue).every(({ pending }) => pending === 0));
      let draining = true;
      const sent = drained.then(() => {
        draining = false;
        return (Date.now() - link.since) / 1000;
      });
      const during: number[] = [];
      if (asking) {
        const identityToken = await identify(client, installation, String(publicUrl));
        const before = { waiting: waitingIn(client), at: performance.now() };
        while (draining && during.length < CALLS_DURING && !signal.aborted) {
          during.push(await ask(client, identityToken));
        }
        const besideThem = ((before.waiting - waitingIn(client)) * 1000) / (performance.now() - before.at);
        const seconds = await sent;
        const afterwards: number[] = [];
        for (let i = 0; i < CALLS_AFTERWARDS; i++) afterwards.push(await ask(client, identityToken));
        return { seconds, during, afterwards, besideThem };
      }
      return { seconds: await sent, during, afterwards: [], besideThem: null };
    } finally {
      client.close();
      await agent.stop();
      await platform.stop();
    }
  });
}

const waitingIn = (client: Agent): number =>
  Object.values(client.snapshot?.queue ?? {}).reduce((sum, { pending }) => sum + pending, 0);

async function ask(client: Agent, identityToken: string): Promise<number> {
  const began = performance.now();
  must(await client.call('account', { identityToken }));
  const took = performance.now() - began;
  await wait(PAUSE_MS);
  return took;
}

/** Both factors, as at the kiosk: the card's data and the code that the platform would have sent to a phone. */
async function identify(client: Agent, installation: Installation, publicUrl: string): Promise<string> {
  const { name, idNumber } = syntheticPerson('ordinary', '2026-11-21');
  const { challengeId } = must(await client.call('sendCode', { name, idNumber, validTo: '2040-01-01' }));
  const answer = await fetch(`${publicUrl}/management/sms-outbox`, {
    headers: { authorization: `Bearer ${readSecret(installation.managementTokenFile)}` },
  });
  const messages = (await answer.json()) as readonly { readonly text: string }[];
  const code = /\d{6}/.exec(messages[0]?.text ?? '')?.[0] ?? '';
  const check = must(await client.call('checkCode', { challengeId, code }));
  if (!check.accepted) throw new Error('the platform did not accept the code that it sent');
  return check.identityToken;
}

function until(client: Agent, holds: (snapshot: AgentSnapshot) => boolean): Promise<AgentSnapshot> {
  return new Promise((resolve) => {
    const look = (snapshot: AgentSnapshot | undefined) => {
      if (snapshot === undefined || !holds(snapshot)) return;
      stop();
      resolve(snapshot);
    };
    const stop = client.onSnapshot(look);
    look(client.snapshot);
  });
}
