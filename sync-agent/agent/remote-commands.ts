import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { RemoteCommand } from '@kiosk/contract/platform/downlink.ts';
import type { Notice } from '@kiosk/contract/platform/parameters.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Journal } from '../journal/journal.ts';

export interface RemoteCommandParts {
  readonly journal: Journal | undefined;
  readonly devices: ServiceClient<typeof deviceHost>;
  /** Compares every head with the platform again. The code of what kept it from its end. */
  readonly reconcile: () => Promise<string | undefined>;
  readonly showNotice: (notice: Notice) => void;
}

/** What each command of the centre does here. The answer is the code of its failure; undefined: done. */
export function remoteCommands({ journal, devices, reconcile, showNotice }: RemoteCommandParts) {
  return async (command: RemoteCommand): Promise<string | undefined> => {
    switch (command.name) {
      case 'selfTest': {
        const tested = await devices.call('selfTest', { deviceId: command.deviceId });
        if (!tested.ok) return tested.error.code;
        const { passed, steps } = tested.value;
        return passed ? undefined : (steps.find((step) => !step.passed)?.code ?? 'E9006');
      }
      case 'verifyJournal':
        return journal ? verify(journal) : 'E6102';
      case 'reconcileNow':
        return reconcile();
      case 'showNotice':
        showNotice(command.notice);
        return undefined;
    }
  };
}

async function verify(journal: Journal): Promise<string | undefined> {
  for (const stream of StreamName.options) {
    const steps = journal.verify(stream);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        if (step.value.brokenAt !== null) return 'E6104';
        break;
      }
      // Records and queries get their turn between two steps.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return undefined;
}
