import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { ServiceItem } from '@kiosk/contract/platform/api.ts';
import type { MenuItem, ScreenOf } from '@kiosk/contract/screen/view.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { mayBegin } from './identity/level.ts';
import { flowOf } from './items/registry.ts';
import type { DeviceStatus, ItemId, State } from './state.ts';

/** Items whose journey is written here; the others have a flow in items/. */
const OWN: readonly ItemId[] = ['Q01', 'Q02', 'P01'];
/** A part that must work for an item; without a slip printer the number is on the screen. */
const needOf = (item: ItemId): DeviceKind | undefined => (item === 'P01' ? 'documentPrinter' : flowOf(item)?.needs);
/** What a device that is not there at all is called, when it gives no code of its own. */
const SILENT: Readonly<Record<DeviceKind, string>> = {
  idCardReader: 'E1101',
  documentPrinter: 'E4101',
  slipPrinter: 'E4201',
  bankCardReader: 'E1301',
  pinPad: 'E1401',
  codeScanner: 'E1501',
  ioBoard: 'E1601',
  vendorPlugin: 'E1701',
};

/** null: available. Otherwise why not, as a code and in words (the platform's own words for an item it closed). */
export type Closed = { readonly code: string; readonly reason: Words } | null;

const itemsOf = (state: State) => state.agent?.catalogue?.items ?? [];
const isKnown = ({ id }: ServiceItem): boolean => OWN.includes(id) || flowOf(id) !== undefined;

export function knownItems(state: State): readonly ServiceItem[] {
  return itemsOf(state).filter(isKnown);
}

export function findItem(state: State, id: string): ServiceItem | undefined {
  return knownItems(state).find((item) => item.id === id);
}

/** Why the platform cannot be asked right now; null: it can. */
export function linkCode(state: State): string | null {
  if (!state.agent) return 'E9003';
  if (state.agent.link.state === 'offline') return state.agent.link.code ?? 'E3101';
  return state.degraded && state.time.mono < state.degraded.until ? state.degraded.code : null;
}

export function deviceOf(state: State, kind: DeviceKind): DeviceStatus | undefined {
  return state.host?.devices.find((device) => device.kind === kind);
}

/** Why a device cannot be used; null: it can (a busy one will be free again). */
export function deviceCode(state: State, kind: DeviceKind): string | null {
  if (!state.host) return 'E9003';
  const device = deviceOf(state, kind);
  if (device && (device.state === 'ready' || device.state === 'busy')) return null;
  return device?.code ?? SILENT[kind];
}

export function closedBecause(state: State, item: ServiceItem): Closed {
  if (item.state === 'closed') {
    return { code: 'E2101', reason: item.closedReason ?? explain('E2101').depositor };
  }
  const link = linkCode(state);
  if (item.offline === 'no' && link) return because(link);
  const need = needOf(item.id);
  const device = need ? deviceCode(state, need) : null;
  return device ? because(device) : null;
}

const because = (code: string): Closed => ({ code, reason: explain(code).depositor });

function menuItem(state: State, item: ServiceItem): MenuItem {
  const closed = closedBecause(state, item);
  const { id, name, hint, group, order, suits, plainName } = item;
  const said = {
    ...{ id, name, hint },
    ...(group !== undefined && { group }),
    ...(order !== undefined && { order }),
    ...(suits && { suits }),
    ...(plainName && { plainName }),
  };
  return closed ? { ...said, available: false, reason: closed.reason } : { ...said, available: true };
}

/**
 * The whole menu. A closed item stays visible with its reason, also one that this release could not open; an open item
 * it does not know is not shown.
 */
export function menuItems(state: State): MenuItem[] {
  return itemsOf(state)
    .filter((item) => isKnown(item) || item.state === 'closed')
    .map((item) => menuItem(state, item));
}

export function menuScreen(state: State): ScreenOf<'menu'> {
  const groups = state.agent?.catalogue?.groups;
  return { screen: 'menu', items: menuItems(state), ...(groups && { groups }) };
}

/** Items open to somebody who laid no card. */
export function itemsWithoutCard(state: State): MenuItem[] {
  return knownItems(state)
    .filter((item) => item.level === 'L0')
    .map((item) => menuItem(state, item));
}

/** As many tiles as a failure has room for. */
const INSTEAD = 4;

/** What still works when something else failed: requests that are taken in any case. */
export function itemsInstead(state: State): MenuItem[] {
  const open = knownItems(state).filter((item) => item.offline === 'queue' && mayBegin(state, item));
  return open
    .map((item) => menuItem(state, item))
    .filter((item) => item.available)
    .slice(0, INSTEAD);
}
