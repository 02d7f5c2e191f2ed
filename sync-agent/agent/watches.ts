import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';

const LOOK_EVERY_MS = 5_000;
/** A clock that NTP nudges is not news; one that jumps this far is (reliability: order never comes from it). */
const STEP_MS = 120_000;

/** Tells of wall-clock steps, measured against the clock that cannot step. Returns how to stop. */
export function watchClock(clock: Clock, onStep: (byMs: number) => void): () => void {
  let offset = clock.now() - clock.monotonic();
  let cancel = () => {};
  const look = () => {
    const found = clock.now() - clock.monotonic();
    if (Math.abs(found - offset) > STEP_MS) onStep(Math.round(found - offset));
    offset = found;
    cancel = clock.after(LOOK_EVERY_MS, look);
  };
  cancel = clock.after(LOOK_EVERY_MS, look);
  return () => cancel();
}

/**
 * Tells of device states that changed, as telemetry; what one look finds is told together (all of them at a start). Busy
 * is ready at work and no news.
 */
export function watchDevices(
  devices: Pick<ServiceClient<typeof deviceHost>, 'onSnapshot'>,
  onChanges: (entries: readonly EntryData[]) => void,
): void {
  const last = new Map<string, string>();
  const changed = (deviceId: string, state: string, code?: string): readonly EntryData[] => {
    const now = `${state} ${code ?? ''}`;
    if (last.get(deviceId) === now) return [];
    last.set(deviceId, now);
    return [{ type: 'device.changed', deviceId, state, ...(code === undefined ? {} : { code }) }];
  };
  devices.onSnapshot((snapshot) => {
    // What devices do while nobody tells is not known.
    if (!snapshot) for (const id of last.keys()) if (id !== 'device-host') last.delete(id);
    const changes = snapshot
      ? [
          ...changed('device-host', 'ready'),
          ...snapshot.devices.flatMap(({ id, state, code }) => changed(id, state === 'busy' ? 'ready' : state, code)),
        ]
      : changed('device-host', 'offline', 'E9003');
    if (changes.length > 0) onChanges(changes);
  });
}

/**
 * Journals each card that a reader took by its own policy, and says so to the device-host, which shows it until then:
 * also one that was taken while this program was away. Cut off between the two, it is journaled twice with the same id.
 */
export function watchCaptures(
  devices: Pick<ServiceClient<typeof deviceHost>, 'onSnapshot' | 'call'>,
  record: (entry: EntryData) => Result<unknown>,
): void {
  const journaled = new Set<string>();
  devices.onSnapshot((snapshot) => {
    for (const { at: takenAt, ...capture } of snapshot?.captures ?? []) {
      const { operationId } = capture;
      if (!journaled.has(operationId)) {
        if (!record({ type: 'card.captured', ...capture, takenAt }).ok) continue;
        journaled.add(operationId);
      }
      void devices.call('acknowledgeCapture', { operationId });
    }
  });
}
