/**
 * The life of one connection, the same for every device on a line: opening, initialising, working, in doubt, resting.
 * Pure; a driver's reducer keeps a LinkState and gives it the events that belong to it.
 */
export interface LinkTimes {
  /** Wait before a connection is tried again, in ms: doubled from first to most. */
  readonly backOffFirst: number;
  readonly backOffMost: number;
}

export const LINK_TIMES: LinkTimes = { backOffFirst: 500, backOffMost: 10_000 };

export interface LinkState {
  readonly at:
    | { readonly name: 'stopped' | 'opening' | 'initialising' | 'working' }
    /** The connection is let go and the second source is being asked. silent: bytes could flow, nothing came back. */
    | { readonly name: 'doubting'; readonly why: string; readonly silent: boolean }
    | { readonly name: 'resting'; readonly until: number };
  /** Losses and failed attempts in a row. */
  readonly failures: number;
  /** It worked before: working again is a reset that counts. */
  readonly worked: boolean;
}

export type LinkEvent =
  | { readonly type: 'start' | 'opened' }
  | { readonly type: 'openFailed' | 'writeFailed' | 'lost'; readonly detail: string }
  /** The second source: is the port itself there. undefined: it cannot tell. */
  | { readonly type: 'presence'; readonly present: boolean | undefined };

export type LinkCommand = { readonly type: 'open' | 'close' | 'checkPresence' };

/** What the driver has to do about it: initialise the device, give up what it was doing, or say that it is gone. */
export type LinkNews =
  | { readonly is: 'connected' }
  | { readonly is: 'doubted'; readonly detail: string }
  | { readonly is: 'reopening' }
  | { readonly is: 'offline'; readonly detail: string };

export interface LinkStep {
  readonly link: LinkState;
  readonly commands: readonly LinkCommand[];
  readonly news?: LinkNews;
}

export const NO_LINK: LinkState = { at: { name: 'stopped' }, failures: 0, worked: false };

export const isConnected = ({ at }: LinkState): boolean => at.name === 'initialising' || at.name === 'working';

export function onLinkEvent(link: LinkState, event: LinkEvent, now: number, times: LinkTimes): LinkStep {
  const { at } = link;
  switch (event.type) {
    case 'start':
      return at.name === 'stopped' ? open(link) : same(link);
    case 'opened':
      if (at.name !== 'opening') return same(link);
      return { link: { ...link, at: { name: 'initialising' } }, commands: [], news: { is: 'connected' } };
    case 'openFailed':
      return at.name === 'opening' ? rest(link, event.detail, now, times) : same(link);
    case 'writeFailed':
    case 'lost':
      return isConnected(link) ? doubt(link, event.detail, false) : same(link);
    case 'presence':
      return onPresence(link, event.present, now, times);
  }
}

/** The driver heard nothing where it should have: the connection is let go and the second source asked. */
export function doubt(link: LinkState, why: string, silent: boolean): LinkStep {
  return {
    link: { ...link, at: { name: 'doubting', why, silent } },
    commands: [{ type: 'close' }, { type: 'checkPresence' }],
    news: { is: 'doubted', detail: why },
  };
}

/** Gives up this connection and tries again later, ever more rarely. */
export function rest(link: LinkState, detail: string, now: number, times: LinkTimes): LinkStep {
  const wait = Math.min(times.backOffFirst * 2 ** link.failures, times.backOffMost);
  return {
    link: { ...link, at: { name: 'resting', until: now + wait }, failures: Math.min(link.failures + 1, 30) },
    commands: [],
    news: { is: 'offline', detail },
  };
}

/** The driver is done with initialising. */
export function working(): LinkState {
  return { at: { name: 'working' }, failures: 0, worked: true };
}

/** Time passed. */
export function onLinkTick(link: LinkState, now: number): LinkStep {
  return link.at.name === 'resting' && now >= link.at.until ? open(link) : same(link);
}

function onPresence(link: LinkState, present: boolean | undefined, now: number, times: LinkTimes): LinkStep {
  const { at } = link;
  // Asked in passing, while nothing may be said to the device.
  if (isConnected(link)) return present === false ? doubt(link, 'the port is gone', false) : same(link);
  if (at.name !== 'doubting') return same(link);
  if (present === false) return rest(link, `${at.why}; the port is gone`, now, times);
  if (at.silent) return rest(link, present ? `${at.why}; the port is there` : at.why, now, times);
  return { ...open(link), news: { is: 'reopening' } };
}

function open(link: LinkState): LinkStep {
  return { link: { ...link, at: { name: 'opening' } }, commands: [{ type: 'open' }] };
}

const same = (link: LinkState): LinkStep => ({ link, commands: [] });
