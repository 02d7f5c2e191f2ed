import type { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Results } from '@kiosk/contract/platform/requests.ts';
import type { CityParameters } from '@kiosk/domain/city.ts';
import { addDays, shanghaiDate, type CalendarDate } from '@kiosk/domain/dates.ts';
import type { Notices } from '../channels/notices/notices.ts';
import type { OutwardService } from '../channels/outward/service.ts';
import type { People } from '../channels/people.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import type { ReviewOffice } from '../core/review/office.ts';
import { deadlineFrom } from '../core/review/review.ts';
import type { CertificateOffice } from '../documents/certificates/office.ts';
import type { CaseUses } from '../gateway/gates/uses.ts';
import type { BankDesk } from '../neighbours/bank.ts';
import type { OtherCentres } from '../neighbours/other-centre.ts';
import type { CaseRow } from '../store/request-store.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import type { CaseBook } from './case-book.ts';
import type { Act, Case, CaseEvent, Why } from './life.ts';

/** Whom the desk asks and tells. */
export interface DeskParts {
  readonly clock: Clock;
  readonly store: Pick<Store, 'requests' | 'work' | 'places' | 'audit' | 'security' | 'service'>;
  readonly vault: Vault;
  readonly core: CoreSystem;
  readonly city: CityParameters;
  readonly review: ReviewOffice;
  readonly bank: BankDesk;
  readonly centres: OtherCentres;
  readonly certificates: Pick<CertificateOffice, 'find' | 'requestCancel'>;
  readonly people: Pick<People, 'identified'>;
  readonly notices: Pick<Notices, 'tell'>;
  readonly outward: () => Pick<OutwardService, 'consent' | 'consents' | 'withdraw' | 'departments'>;
  readonly isHoliday: (date: CalendarDate) => boolean;
  readonly book: CaseBook;
  /** How often an item may be used in a day. */
  readonly uses: CaseUses;
}

/** Somebody else changed the case: whoever that is goes on with it. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}
/** The core or another system does not answer: the case is taken up again later. */
export class Later extends Error {
  override readonly name = 'Later';
}

/** One case while something is done with it. */
export interface Work {
  readonly parts: DeskParts;
  readonly row: CaseRow;
  readonly form: RequestForm;
  readonly person: RequestPerson | null;
  /** Who asked: known beyond doubt where the item needs it. */
  readonly depositor: Depositor;
  /** A member of the staff, or `system`. */
  readonly by: string;
  /** As it stands now. */
  now(): Case;
  /** Takes one step. Throws Superseded, and an Error where the reducer refuses: a bug of the caller. */
  apply(event: CaseEvent, wakeAt?: number | null): Promise<void>;
}

/** Codes after which nobody knows whether it was done. Everything else a system says means: not done. */
const UNKNOWN = new Set(['E3305', 'E3505', 'E3301', 'E3302', 'E3303', 'E3501', 'E3307']);

export interface Done {
  readonly amountFen?: number;
  readonly results?: Results;
}

/**
 * Intent, act, outcome: the intent is on the disk before anybody is asked, so that after a crash the very same is asked again
 * under its reference. `again`: how to ask for what was begun before; by itself the same call, which every one of these systems
 * answers without doing it twice.
 */
export async function carryOut(
  work: Work,
  wanted: Omit<Act, 'outcome' | 'code'>,
  run: (order: Act['order']) => Promise<Result<Done>>,
  again: (order: Act['order']) => Promise<Result<Done>> = run,
): Promise<Act> {
  const find = () => work.now().acts.find(({ reference }) => reference === wanted.reference);
  const known = find();
  if (known && known.outcome !== null) return known;
  if (!known) await work.apply({ type: 'intended', act: wanted });
  const done = known ? await again(known.order) : await run(wanted.order);
  const outcome = done.ok ? 'done' : UNKNOWN.has(done.error.code) ? 'unknown' : 'failed';
  await work.apply({
    type: 'settled',
    reference: wanted.reference,
    outcome,
    code: done.ok ? null : done.error.code,
    ...(done.ok && done.value.amountFen !== undefined && { amountFen: done.value.amountFen }),
    ...(done.ok && done.value.results && { results: done.value.results }),
  });
  return find()!;
}

export const todayOf = ({ parts }: Work): CalendarDate => shanghaiDate(parts.clock.now());

export const deadlineOf = (work: Work): CalendarDate =>
  deadlineFrom(todayOf(work), work.parts.city, work.parts.isHoliday);

/** How long somebody has to hand in what is missing. */
export const supplementBy = (work: Work): CalendarDate => addDays(todayOf(work), work.parts.city.review.supplementDays);

export function toPerson(
  work: Work,
  why: readonly Why[],
  more: Partial<Extract<CaseEvent, { type: 'toPerson' }>> = {},
) {
  return work.apply({ type: 'toPerson', why: [...why], dueOn: deadlineOf(work), ...more });
}
