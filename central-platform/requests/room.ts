import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import { addDays, shanghaiDate, type CalendarDate } from '@kiosk/domain/dates.ts';
import type { OutwardService } from '../channels/outward/service.ts';
import type { CaseProvider } from '../channels/providers.ts';
import type { Contacts as ChannelContacts } from '../channels/rooms.ts';
import type { CoreSystem } from '../core/core-system.ts';
import { createReviewOffice } from '../core/review/office.ts';
import { isWeekend } from '../core/review/review.ts';
import type { DocumentRoom } from '../documents/room.ts';
import type { CaseUses } from '../gateway/gates/uses.ts';
import type { PlatformHandlers } from '../gateway/handlers.ts';
import type { Identity } from '../identity/identity.ts';
import type { Log } from '../log.ts';
import { SlotTemplate } from '../management/contract/changes.ts';
import type { BankDesk } from '../neighbours/bank.ts';
import type { CheckProvider } from '../neighbours/checks.ts';
import { createCheckDesk } from '../neighbours/desk.ts';
import { guardCentres, type OtherCentres } from '../neighbours/other-centre.ts';
import type { Effect, Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { createCaseBook, personKey } from './case-book.ts';
import { createConfirmations } from './confirm.ts';
import { acceptances, type FindAccepted } from './acceptance.ts';
import { createRequestContacts } from './contacts.ts';
import { createDesk } from './desk.ts';
import { requestHandlers, type RequestRoute } from './handlers.ts';
import type { Places } from './items/others.ts';
import { supply } from './items/supply.ts';
import { createProgress } from './progress.ts';
import { type CaseOffice, createCaseOffice } from './staff.ts';
import type { DeskParts } from './work.ts';

export interface RequestRoom {
  /** What entries amount to, when it is durable; the same again changes nothing. */
  arrived(effects: readonly Effect[]): Promise<void>;
  readonly handlers: Pick<PlatformHandlers, RequestRoute>;
  readonly office: CaseOffice;
  /** For the slip that says it was taken. */
  readonly accepted: FindAccepted;
  /** Cases as the channels show them. */
  readonly cases: CaseProvider;
  /** A paper for a case came by phone. */
  handedIn(paper: { readonly caseNumber: string; readonly idNumber: string; readonly material: string }): Promise<void>;
  begin(): void;
  /** Resolves when the machine has nothing to do. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface RequestRoomParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly vault: Vault;
  readonly log: Log;
  readonly core: CoreSystem;
  readonly identity: Identity;
  readonly contacts: ChannelContacts;
  readonly bank: BankDesk;
  readonly checks: CheckProvider;
  readonly centres: OtherCentres;
  readonly documents: Pick<DocumentRoom, 'certificates'>;
  readonly uses: CaseUses;
  /** Known when the channels are up. */
  readonly outward: () => OutwardService;
  readonly channelOf: (terminalId: string) => Promise<string>;
  readonly catalogue: () => Promise<unknown>;
  readonly city?: CityParameters;
  readonly isHoliday?: (date: CalendarDate) => boolean;
}

const MOST_BOOKED = 2_000;

/** From what a depositor leaves to what becomes of it. */
export function createRequestRoom(parts: RequestRoomParts): RequestRoom {
  const { clock, store, vault, log, core, identity, contacts, channelOf } = parts;
  const { city = JIANGZHOU, isHoliday = isWeekend } = parts;
  const { audit } = store;
  const catalogue = async () => Catalogue.parse(await parts.catalogue());
  const book = createCaseBook({ store: store.requests, clock, vault });
  const checks = createCheckDesk({ provider: parts.checks, clock, audit });
  const deskParts: DeskParts = {
    ...{ clock, store, vault, core, city, isHoliday, book, bank: parts.bank, uses: parts.uses },
    review: createReviewOffice({ core, checks, clock, audit, city, isHoliday }),
    centres: guardCentres(parts.centres, { clock, audit }),
    certificates: parts.documents.certificates,
    people: contacts.people,
    notices: contacts.notices,
    outward: parts.outward,
  };
  const desk = createDesk({ ...deskParts, log, places: placesOf(store, catalogue, clock) });
  const view = createProgress({ clock, store, vault, book, desk, catalogue });
  const confirmations = createConfirmations({ ...deskParts, identity, desk });
  const { guard, messenger } = contacts;
  const ask = createRequestContacts({ clock, vault, store, guard, messenger, bank: parts.bank });
  return {
    async arrived(effects) {
      let any = false;
      for (const effect of effects) {
        if (effect.kind !== 'request') continue;
        any = true;
        await book.arrive(effect.request, await channelOf(effect.request.terminalId));
      }
      if (any) desk.wake();
    },
    handlers: requestHandlers({ clock, core, vault, identity, guard, book, confirmations, contacts: ask, view }),
    office: createCaseOffice(deskParts, book, desk),
    accepted: acceptances({ book, vault, catalogue, city, isHoliday }),
    cases: view.provider,
    async handedIn({ caseNumber, idNumber, material }) {
      const key = personKey(vault, idNumber);
      const open = await book.open(caseNumber);
      // A page names it in words.
      const missing = open?.now.missing ?? [];
      const named = missing.find((one) => [one.material, one.words.zh, one.words.en].includes(material)) ?? missing[0];
      if (!named) return;
      await supply(deskParts, caseNumber, ({ row }) => row.idHash === key, [named.material], 'phone');
      desk.wake();
    },
    begin: () => desk.begin(),
    idle: () => desk.idle(),
    close: () => desk.close(),
  };
}

/** Branches and their rooms, as the console keeps them. */
function placesOf(store: Store, catalogue: () => Promise<Catalogue>, clock: Clock): Places {
  return {
    branch: async (branchId) => (await catalogue()).branches.find(({ id }) => id === branchId)?.name ?? null,
    async room({ branchId, topicId, date, half }, requestNumber) {
      const kept = await store.places.setting('slots', `${branchId} ${topicId}`);
      const rule = SlotTemplate.safeParse(kept);
      if (!rule.success) return null;
      const today = shanghaiDate(clock.now());
      const first = rule.data.sameDay ? today : addDays(today, 1);
      if (date < first || date > addDays(today, rule.data.maxDaysAhead)) return false;
      const booked = (await store.work.find('branchId', branchId, MOST_BOOKED))
        .filter((one) => one.item === 'B08' && one.topicId === topicId && one.date === date && one.half === half)
        .sort((a, b) => a.receivedAt - b.receivedAt || (a.requestNumber < b.requestNumber ? -1 : 1));
      // Who came first has the place, whoever looks first.
      const place = booked.findIndex((one) => one.requestNumber === requestNumber);
      return (place === -1 ? booked.length : place) < rule.data[half];
    },
  };
}
