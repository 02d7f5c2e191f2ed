import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { refusing } from '@kiosk/contract/rpc/refusing.ts';
import { type Handlers, type ServiceHost, hostService } from '@kiosk/contract/rpc/server.ts';
import { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { socketPath } from '@kiosk/contract/config.ts';
import { LOANS } from './answers.ts';
import * as F from './fixtures.ts';

export const TOKEN = 'token of this machine';

export interface FakeServices {
  readonly socketDir: string;
  readonly agent: ServiceHost<typeof syncAgent>;
  readonly host: ServiceHost<typeof deviceHost>;
  /** Every command that came, in order: `record operation.intended`, `printDocument`, … */
  readonly calls: string[];
  readonly inputs: Record<string, unknown>;
  /** Lays a card on the reader. */
  readonly layCard: () => void;
  readonly close: () => Promise<void>;
}

/** A sync-agent and a device-host on real sockets that answer as on a good day, but for what a test replaces. */
export async function startFakeServices(
  replaced: {
    readonly agent?: Partial<Handlers<typeof syncAgent>>;
    readonly host?: Partial<Handlers<typeof deviceHost>>;
  } = {},
): Promise<FakeServices> {
  const socketDir = await mkdtemp(path.join(tmpdir(), 'kiosk-session-'));
  const calls: string[] = [];
  const inputs: Record<string, unknown> = {};
  const card = Promise.withResolvers<undefined>();

  const agentHandlers: Handlers<typeof syncAgent> = {
    ...refusing(syncAgent),
    record: () => Promise.resolve(ok({ stream: 'business' as const, seq: 1 })),
    submitRequest: () => Promise.resolve(ok({ requestNumber: F.REQUEST_NUMBER, offline: false })),
    pseudonym: () => Promise.resolve(ok({ person: 'hash' })),
    sendCode: () => Promise.resolve(ok(F.CODE_SENT)),
    checkCode: () => Promise.resolve(ok({ accepted: true as const, identityToken: F.TOKEN, expiresAt: F.NOW })),
    endIdentity: () => Promise.resolve(ok({})),
    account: () => Promise.resolve(ok(F.OVERVIEW)),
    details: () => Promise.resolve(ok(F.detailsOf(3))),
    issueDocument: () => Promise.resolve(ok(F.ISSUED)),
    loans: () => Promise.resolve(ok({ asOf: F.NOW, loans: LOANS })),
    signIn: () => Promise.resolve(fail('E7101')),
    signOut: () => Promise.resolve(ok({})),
    recordSelfTest: () => Promise.resolve(ok({})),
    verifyJournal: () => Promise.resolve(ok({ streams: [] })),
    testLink: () => Promise.resolve(ok({ steps: [] })),
    ...replaced.agent,
  };
  const hostHandlers: Handlers<typeof deviceHost> = {
    ...refusing(deviceHost),
    async readIdCard(_input, { signal, progress }) {
      const cancelled = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      await Promise.race([card.promise, cancelled]);
      if (signal.aborted) return fail('E9001');
      progress({ step: 'found' });
      progress({ step: 'reading' });
      return ok(F.CARD);
    },
    printSlip: () => Promise.resolve(ok({ outcome: 'done' as const, printed: 1 })),
    printDocument: (_input, { progress }) => {
      progress({ printed: 1 });
      return Promise.resolve(ok({ outcome: 'done' as const, printed: F.ISSUED.pages }));
    },
    cancelOperation: () => Promise.resolve(ok({})),
    findOperation: ({ operationId }) => Promise.resolve(ok({ operationId, state: 'never' as const })),
    selfTest: ({ deviceId }) => Promise.resolve(ok({ deviceId, passed: true, milliseconds: 1, steps: [] })),
    deviceHistory: () => Promise.resolve(ok({ changes: [{ at: F.NOW, state: 'ready' as const }] })),
    ...replaced.host,
  };

  const agent = hostService(syncAgent, { token: TOKEN, snapshot: F.agentSnapshot(), handlers: watched(agentHandlers) });
  const host = hostService(deviceHost, { token: TOKEN, snapshot: F.hostSnapshot(), handlers: watched(hostHandlers) });
  await agent.listen(socketPath(socketDir, 'sync-agent'));
  await host.listen(socketPath(socketDir, 'device-host'));

  /** The same handlers, each call noted first. */
  function watched<H extends object>(handlers: H): H {
    return new Proxy(handlers, {
      get(target, name, receiver) {
        const handler: unknown = Reflect.get(target, name, receiver);
        if (typeof handler !== 'function') return handler;
        return (input: unknown, context: unknown): unknown => {
          calls.push(callName(String(name), input));
          inputs[String(name)] = input;
          return Reflect.apply(handler, target, [input, context]);
        };
      },
    });
  }

  return {
    socketDir,
    agent,
    host,
    calls,
    inputs,
    layCard: () => card.resolve(undefined),
    async close() {
      await Promise.all([agent.close(), host.close()]);
      await rm(socketDir, { recursive: true, force: true });
    },
  };
}

function callName(name: string, input: unknown): string {
  const data = typeof input === 'object' && input !== null && 'data' in input ? input.data : null;
  return typeof data === 'object' && data !== null && 'type' in data ? `${name} ${String(data.type)}` : name;
}
