import { type Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { selfTests } from './device-commands.ts';
import { reconcile } from './reconcile-report.ts';
import { type Report, devicesReport, linkReport, queueReport, statusReport } from './reports.ts';
import type { Speech } from './words.ts';

export interface Programs {
  readonly agent: ServiceClient<typeof syncAgent>;
  readonly devices: ServiceClient<typeof deviceHost>;
}

export interface CommandInput extends Programs {
  readonly technicianToken: string;
  /** What stands behind the command's name. */
  readonly argument: string | undefined;
  readonly second: string | undefined;
  readonly speech: Speech;
  readonly clock: Clock;
  /** --now */
  readonly now: boolean;
  /** Aborted when the technician interrupts. */
  readonly signal: AbortSignal;
  /** Says something while the command goes on: a line for people or a value for scripts, whichever is wanted. */
  readonly tell: (line: string, value: unknown) => void;
  /** Asks the technician to do something; scripts do not see it. */
  readonly ask: (line: string) => void;
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
  test: selfTests,
  async link({ agent, technicianToken, speech }) {
    const tested = await agent.call('testLink', { technicianToken });
    if (!tested.ok) return tested;
    return agent.snapshot
      ? ok(linkReport(agent.snapshot.link, tested.value.steps, speech))
      : fail('E9003', 'sync-agent');
  },
  reconcile,
} as const satisfies Record<string, (input: CommandInput) => Promise<Result<Report>>>;

export type CommandName = keyof typeof commands;
