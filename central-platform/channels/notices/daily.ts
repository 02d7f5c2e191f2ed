import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { addDays, addMonths, daysBetween, monthOf, shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import type { CoreSystem, Depositor } from '../../core/core-system.ts';
import type { NoticeStore } from '../../store/notice-store.ts';
import type { UserStore } from '../../store/user-store.ts';
import type { CaseProvider } from '../providers.ts';
import type { NoticeEvent, Notices } from './notices.ts';

/** What is due is told so many days before. */
const DUE_DAYS = 3;
/** Of the month: a deposit of the month before that has not come by then is missing. Units have until the middle of it. */
const MISSING_FROM_DAY = 20;
/** What is overdue is told again after so many days. */
const AGAIN_DAYS = 7;
/** China time. Before it nobody is at the office who could answer. */
const FROM_HOUR = 9;
const PAGE = 100;
const WALK = 'daily';

/** What a date brings that nobody does: said of every registered person once a day. */
export interface DailyNotices {
  /** Walks on where the last process stopped; nothing when the day's walk is done, or it is too early. */
  run(): Promise<void>;
  close(): Promise<void>;
}

export interface DailyParts {
  readonly clock: Clock;
  readonly store: { readonly notices: Pick<NoticeStore, 'walk' | 'walked'>; readonly users: Pick<UserStore, 'page'> };
  readonly core: Pick<CoreSystem, 'get'>;
  readonly cases: Pick<CaseProvider, 'appointments'>;
  readonly notices: Pick<Notices, 'tell'>;
}

export function createDailyNotices({ clock, store, core, cases, notices }: DailyParts): DailyNotices {
  let closed = false;
  let running = Promise.resolve();

  async function walk(): Promise<void> {
    const now = clock.now();
    const today = shanghaiDate(now);
    if (Number(shanghaiDateTime(now).slice(11, 13)) < FROM_HOUR) return;
    const before = await store.notices.walk(WALK);
    if (before?.day === today && before.done) return;
    let after = before?.day === today ? before.after : '';
    while (!closed) {
      const people = await store.users.page(after, PAGE);
      for (const { depositorId } of people) {
        const found = await core.get(depositorId);
        // A core that is away is asked again with the next look; the walk stands where it was.
        if (!found.ok) return;
        if (!found.value) continue;
        for (const event of eventsOf(found.value, today)) await notices.tell(event);
        for (const { number, date, half, branch, state } of await cases.appointments(found.value)) {
          if (date !== addDays(today, 1) || state === 'refused' || state === 'cancelled') continue;
          const facts = { requestNumber: number, date, half, branch };
          await notices.tell({ kind: 'appointment.tomorrow', reference: number, depositorId, facts });
        }
      }
      after = people.at(-1)?.depositorId ?? after;
      const done = people.length < PAGE;
      // Told again from here after a crash: what was told has its own reference.
      await store.notices.walked(WALK, today, after, done);
      if (done) return;
      await setImmediate();
    }
  }

  return {
    run: () => (running = running.catch(() => {}).then(walk)),
    async close() {
      closed = true;
      await running.catch(() => {});
    },
  };
}

/** What is to be said of a person on this day, by what the core knows. */
export function eventsOf({ depositorId, accounts, loans }: Depositor, today: string): NoticeEvent[] {
  const events: NoticeEvent[] = [];
  for (const { loanNumber, state, plan, overdue } of loans) {
    if (state === 'overdue' && overdue) {
      const days = daysBetween(overdue.since, today);
      const amountFen = overdue.principalFen + overdue.interestFen + overdue.penaltyFen;
      const reference = `${loanNumber} ${overdue.since} ${Math.floor(days / AGAIN_DAYS)}`;
      events.push({ kind: 'loan.overdue', reference, depositorId, facts: { days, amountFen } });
    }
    const next = plan.find(({ dueDate }) => dueDate >= today);
    if (state === 'repaying' && next && next.dueDate <= addDays(today, DUE_DAYS)) {
      const { dueDate: date, paymentFen: amountFen } = next;
      events.push({ kind: 'loan.due', reference: `${loanNumber} ${date}`, depositorId, facts: { date, amountFen } });
    }
  }
  const month = addMonths(monthOf(today), -1);
  for (const { accountNumber, state, paidToMonth } of accounts) {
    if (state !== '01' || paidToMonth === undefined || paidToMonth >= month) continue;
    if (Number(today.slice(8)) < MISSING_FROM_DAY) continue;
    const facts = { accountNumber, month };
    events.push({ kind: 'deposit.missing', reference: `${accountNumber} ${month}`, depositorId, facts });
  }
  return events;
}
