import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { INCIDENT_WORDS, levelsOf, onDuty } from '../channels/duty/watch.ts';
import type { DutyStore, Incident } from '../store/duty-store.ts';
import type { DutyLine, IncidentLine } from './contract/fleet.ts';

/** Of one terminal, as far back as a page shows them. */
const MOST = 20;

const lineOf = ({ kind, openedAt, recoveredAt, level, toldAt }: Incident): IncidentLine => ({
  ...{ kind, words: INCIDENT_WORDS[kind], openedAt, recoveredAt, level, toldAt },
});

/** What stands still and was told to somebody, and who that would be: for the rows of the fleet and one terminal. */
export function dutyLines(duty: Pick<DutyStore, 'open' | 'contacts' | 'ofTerminal'>) {
  return {
    /** Not over yet, by terminal. */
    async open(): Promise<ReadonlyMap<string, readonly IncidentLine[]>> {
      const byTerminal = Map.groupBy(await duty.open(), ({ terminalId }) => terminalId);
      return new Map([...byTerminal].map(([terminalId, found]) => [terminalId, found.map(lineOf)]));
    },
    /** Newest first. */
    incidents: async (terminalId: string): Promise<IncidentLine[]> =>
      (await duty.ofTerminal(terminalId, MOST)).map(lineOf),
    /** Who is called for a branch, the first level first; numbers masked. */
    async contacts(branchId: string | null, now: number): Promise<DutyLine[]> {
      const time = shanghaiDateTime(now).slice(11, 16);
      return levelsOf(await duty.contacts(), branchId ?? '').map((contact) => {
        const { level, label, phoneMasked: phone, from, to } = contact;
        return { level, label, phone, from, to, now: onDuty(time, contact) };
      });
    },
  };
}
