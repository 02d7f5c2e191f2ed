import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';

export interface KeysOptions {
  readonly host: ServiceClient<typeof deviceHost>;
  readonly clock: Clock;
  readonly key: (key: ScreenKey) => void;
}

/** Between two readings, ms: a pad that says it is ready and refuses all the same is not asked without a pause. */
const REST_MS = 1_000;

/**
 * Hears the keys of the PIN pad whenever there is one that is ready, as long as the process lives. A pad that fails
 * says so in its own state; nobody at the screen has to know.
 */
export function relayKeys({ host, clock, key: heard }: KeysOptions): void {
  let reading = false;

  function look(): void {
    if (reading || !host.snapshot?.devices.some(({ kind, state }) => kind === 'pinPad' && state === 'ready')) return;
    reading = true;
    const onProgress = ({ key }: { key: ScreenKey }): void => heard(key);
    void host.call('readKeys', {}, { onProgress }).then(() =>
      clock.after(REST_MS, () => {
        reading = false;
        look();
      }),
    );
  }

  host.onSnapshot(look);
}
