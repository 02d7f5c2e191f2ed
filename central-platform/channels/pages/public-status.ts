import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';
import type { ConfigurationOffice } from '../../downlink/office.ts';
import type { Store } from '../../store/store.ts';

/** Three things anybody may know of a machine, and nothing of why. */
export type TerminalState = 'works' | 'partly' | 'stopped';

export interface PlaceStatus {
  readonly name: Words | null;
  readonly address: string | null;
  readonly hours: readonly { readonly from: string; readonly to: string }[];
  /** null: nobody said so in the last half hour. */
  readonly waiting: number | null;
  readonly terminals: readonly TerminalState[];
}

const SILENT_MS = 150_000;
const OLD_MS = 30 * 60_000;
const Heartbeat = z.object({ devices: z.array(z.object({ state: z.string() })) });

/** What the public page says, from heartbeats, the signed parameters and what branches report. */
export async function publicStatus(parts: {
  readonly clock: Clock;
  readonly store: Pick<Store, 'terminals' | 'places'>;
  readonly catalogue: () => Promise<Catalogue>;
  readonly configuration: Pick<ConfigurationOffice, 'parameters'>;
}): Promise<readonly PlaceStatus[]> {
  const { clock, store, configuration } = parts;
  const now = clock.now();
  const [terminals, placed, desks, { branches }] = await Promise.all([
    store.terminals.list(),
    store.places.places(),
    store.places.branches(),
    parts.catalogue(),
  ]);
  const branchOf = new Map(placed.map(({ terminalId, branchId }) => [terminalId, branchId]));
  const states = new Map<string | null, TerminalState[]>();
  for (const { terminalId, state, lastSeenAt, heartbeat } of terminals) {
    // One that was never seen is not installed yet.
    if (state === 'revoked' || lastSeenAt === null) continue;
    const branch = branchOf.get(terminalId) ?? null;
    const known = branches.some(({ id }) => id === branch) ? branch : null;
    const { channel } = await configuration.parameters(terminalId);
    const devices = Heartbeat.safeParse(heartbeat).data?.devices ?? [];
    const faulty = devices.some((device) => device.state === 'fault' || device.state === 'offline');
    const away = now - lastSeenAt > SILENT_MS || channel.state === 'stopped';
    states.set(known, [...(states.get(known) ?? []), away ? 'stopped' : faulty ? 'partly' : 'works']);
  }
  const rows = branches.map(({ id, name }): PlaceStatus => {
    const desk = desks.find(({ branchId }) => branchId === id);
    const fresh = desk?.waitingAt !== undefined && desk.waitingAt !== null && now - desk.waitingAt <= OLD_MS;
    return {
      name,
      address: desk?.address ?? null,
      hours: desk?.hours ?? [],
      waiting: fresh ? desk.waiting : null,
      terminals: states.get(id) ?? [],
    };
  });
  const elsewhere = states.get(null);
  return elsewhere ? [...rows, { name: null, address: null, hours: [], waiting: null, terminals: elsewhere }] : rows;
}
