import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { callPlatform } from '../delivery/calls.ts';
import type { Line } from '../delivery/http.ts';
import type { Journal } from '../journal/journal.ts';
import type { Configuration } from './configuration.ts';
import { waiting } from './waiting.ts';

const DEADLINE_MS = 10_000;

export interface HeartbeatParts {
  readonly clock: Clock;
  readonly line: Line;
  readonly version: string;
  readonly configuration: Configuration;
  readonly devices: ServiceClient<typeof deviceHost>;
  readonly journal: Journal | undefined;
}

/** What the platform hears of this terminal again and again: what is applied, how the devices are, what waits. */
export function heartbeat({ clock, line, version, configuration, devices, journal }: HeartbeatParts) {
  return () =>
    callPlatform(
      line,
      'heartbeat',
      {
        programVersion: version,
        at: clock.now(),
        applied: configuration.versions,
        commands: [...configuration.commands],
        ...(configuration.refused ? { refused: configuration.refused } : {}),
        devices: (devices.snapshot?.devices ?? []).map(({ id, kind, state, code, warnings, supplies }) => ({
          ...{ id, kind, state, warnings },
          ...(code === undefined ? {} : { code }),
          ...(supplies === undefined ? {} : { supplies }),
        })),
        pending: Object.fromEntries(Object.entries(waiting(journal)).map(([stream, { pending }]) => [stream, pending])),
      },
      { deadlineMs: DEADLINE_MS },
    );
}
