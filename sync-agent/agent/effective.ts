import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { Notice, Parameters } from '@kiosk/contract/platform/parameters.ts';

/** The catalogue as it is in force: items the parameters stop are closed in it, with the centre's reason. */
export function effectiveCatalogue(catalogue: Catalogue | null, { stoppedItems }: Parameters): Catalogue | null {
  if (!catalogue || stoppedItems.length === 0) return catalogue;
  const items = catalogue.items.map((item) => {
    const stopped = stoppedItems.find(({ id }) => id === item.id);
    return stopped ? { ...item, state: 'closed' as const, closedReason: stopped.words } : item;
  });
  return { ...catalogue, items };
}

/** Notices to be shown at a moment (UTC ms), emergencies first. */
export function shownNotices(notices: readonly Notice[], now: number): Notice[] {
  const shown = notices.filter(({ until }) => until === null || now < until);
  return [...shown.filter(({ level }) => level === 'emergency'), ...shown.filter(({ level }) => level !== 'emergency')];
}

/** When the next shown notice ends (UTC ms); undefined: none ends by itself. */
export function nextNoticeEnd(notices: readonly Notice[], now: number): number | undefined {
  const ends = notices.flatMap(({ until }) => (until !== null && until > now ? [until] : []));
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
