import type { Screen, View } from '@kiosk/contract/screen/view.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import { type Light, Slot } from '@kiosk/contract/services/devices.ts';

type Lights = Partial<Record<Slot, Light>>;

/**
 * What the guide lights of the cabinet do while this is shown: slow where something is waited for, fast where something
 * has to be taken, steady where nothing may be taken away yet. The picture on the screen shows the same place.
 */
export function lightsOf(content: Screen): Lights {
  const slip = (state: string): Lights => (state === 'printed' ? { slip: 'fast' } : {});
  switch (content.screen) {
    case 'attract':
      return { idReader: 'slow' };
    case 'readingCard':
      return content.step === 'checking' ? {} : { idReader: 'on' };
    case 'wait':
      return WAITING[content.picture] ?? {};
    case 'printing': {
      if (content.stoppedBy !== null) return {};
      const now = content.steps.find(({ state }) => state === 'now')?.id;
      return now === 'print' ? { document: 'slow' } : now === 'slip' ? { document: 'fast', slip: 'slow' } : {};
    }
    case 'printed':
      return { document: 'fast', ...slip(content.slip) };
    case 'accepted':
      return { ...slip(content.slip), ...(isStaffCalled(content) ? BEACON : {}) };
    case 'sheet':
      return isStaffCalled(content) ? BEACON : {};
    default:
      return {};
  }
}

const WAITING: Readonly<Record<string, Lights>> = {
  layCard: { idReader: 'slow' },
  insertCard: { bankCard: 'slow' },
  takeCard: { bankCard: 'fast' },
  enterPin: { pinPad: 'slow' },
  showCode: { scanner: 'slow' },
  scanPaper: { scanner: 'slow' },
};

/** Seen from across the hall, where a machine calls for somebody. */
const BEACON: Lights = { idReader: 'fast' };

/** S03, with the line or without it: whoever is near hears that somebody waits here. */
const isStaffCalled = (content: Screen): boolean =>
  (content.screen === 'accepted' || content.screen === 'sheet') && content.item === 'S03';

/** A card left in the slot is called for by the cabinet too: not everybody looks at the screen. */
const isCardWaiting = (content: Screen): boolean => content.screen === 'wait' && content.picture === 'takeCard';

/**
 * Keeps the lights as the view wants them, where there is a board that has them; what the session before left on is
 * switched off with the first view. A board that fails says so in its own state, and nobody at the screen has to know.
 */
export function guideLights(host: ServiceClient<typeof deviceHost>): (view: View | null) => void {
  let lit: Lights | undefined;
  let called: boolean | undefined;
  let row: Promise<unknown> = Promise.resolve();
  const hasBoard = (): boolean =>
    host.snapshot?.devices.some(({ kind, state }) => kind === 'ioBoard' && state === 'ready') ?? false;
  const then = (work: () => Promise<unknown>): void => void (row = row.then(work));

  return (view) => {
    if (!view || !hasBoard()) return;
    const wanted = lightsOf(view.content);
    for (const slot of Slot.options) {
      const light = wanted[slot] ?? 'off';
      if (lit && (lit[slot] ?? 'off') === light) continue;
      then(() => host.call('setLight', { slot, light }));
    }
    lit = wanted;
    const calls = isCardWaiting(view.content) || isStaffCalled(view.content);
    if (calls !== called) then(() => host.call('sound', { pattern: calls ? 'attention' : 'off' }));
    called = calls;
  };
}
