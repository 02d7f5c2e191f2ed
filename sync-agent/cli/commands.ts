import { type Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import {
  type Report,
  type SelfTestOutcome,
  devicesReport,
  journalReport,
  linkReport,
  queueReport,
  selfTestReport,
  statusReport,
} from './reports.ts';
import type { Speech } from './words.ts';

export interface Programs {
  readonly agent: ServiceClient<typeof syncAgent>;
  readonly devices: ServiceClient<typeof deviceHost>;
}

export interface CommandInput extends Programs {
  readonly technicianToken: string;
  readonly argument: string | undefined;
  readonly speech: Speech;
}

/** Every command that a technician signs in for. */
export const commands = {
  async status({ agent, devices, speech }) {
    return agent.snapshot ? ok(statusReport(agent.snapshot, devices.snapshot, speech)) : fail('E9003', 'sync-agent');
  },
  async queue({ agent, speech }) {
    return agent.snapshot ? ok(queueReport(agent.snapshot, speech)) : fail('E9003', 'sync-agent');
  },
  async devices({ devices, speech }) {
    return devices.snapshot ? ok(devicesReport(devices.snapshot, speech)) : fail('E9003', 'device-host');
  },
  async test({ agent, devices, technicianToken, argument, speech }) {
    if (!devices.snapshot) return fail('E9003', 'device-host');
    const ids = devices.snapshot.devices.map(({ id }) => id);
    const wanted = argument === 'all' ? ids : ids.filter((id) => id === argument);
    if (wanted.length === 0)
      return fail('E9005', `${speech.say('noSuchDevice')}: ${argument ?? ''} (${ids.join(', ')})`);
    const outcomes: SelfTestOutcome[] = [];
    for (const deviceId of wanted) {
      const tested = await devices.call('selfTest', { deviceId });
      outcomes.push(tested.ok ? tested.value : { deviceId, code: tested.error.code });
      const passed = tested.ok && tested.value.passed;
      const recorded = await agent.call('recordSelfTest', { technicianToken, deviceId, passed });
      if (!recorded.ok) return recorded;
    }
    return ok(selfTestReport(outcomes, speech));
  },
  async link({ agent, technicianToken, speech }) {
    const tested = await agent.call('testLink', { technicianToken });
    if (!tested.ok) return tested;
    return agent.snapshot
      ? ok(linkReport(agent.snapshot.link, tested.value.steps, speech))
      : fail('E9003', 'sync-agent');
  },
  async journal({ agent, technicianToken, speech }) {
    const verified = await agent.call('verifyJournal', { technicianToken });
    return verified.ok ? ok(journalReport(verified.value.streams, speech)) : verified;
  },
} as const satisfies Record<string, (input: CommandInput) => Promise<Result<Report>>>;

export type CommandName = keyof typeof commands;

/** The program's first snapshot, or undefined when none came in time: it is not running. */
export function firstSnapshot<S>(
  client: { readonly snapshot: S | undefined; onSnapshot(listener: (s: S | undefined) => void): () => void },
  clock: Clock,
  waitMs: number,
): Promise<S | undefined> {
  if (client.snapshot !== undefined) return Promise.resolve(client.snapshot);
  return new Promise((resolve) => {
    const cancel = clock.after(waitMs, () => {
      off();
      resolve(undefined);
    });
    const off = client.onSnapshot((snapshot) => {
      if (snapshot === undefined) return;
      cancel();
      queueMicrotask(() => off());
      resolve(snapshot);
    });
  });
}
