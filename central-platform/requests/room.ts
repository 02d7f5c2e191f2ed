import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import type { CalendarDate } from '@kiosk/domain/dates.ts';
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
import type { BankDesk } from '../neighbours/bank.ts';
import type { CheckProvider } from '../neighbours/checks.ts';
import { createCheckDesk } from '../neighbours/desk.ts';
import { guardCentres, type OtherCentres } from '../neighbours/other-centre.ts';
import type { Effect, Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { createAppointments } from './appointments.ts';
import { createCaseBook, personKey } from './case-book.ts';
import { createConfirmations } from './confirm.ts';
import { acceptances, type FindAccepted } from './acceptance.ts';
import { consentsOf } from './consents.ts';
import { createRequestContacts } from './contacts.ts';
import { createDesk } from './desk.ts';
import { requestHandlers, type RequestRoute } from './handlers.ts';
import type { CallStaff } from './items/others.ts';
import { supply } from './items/supply.ts';
import { createProgress } from './progress.ts';
import { type CaseOffice, createCaseOffice } from './staff.ts';
import type { DeskParts } from './work.ts';

export interface RequestRoom {
  /** What entries amount to, when it is durable; the same again changes nothing. */
  arrived(effects: readonly Effect[]): Promise<void>;
  readonly handlers: Pick<PlatformHandlers, RequestRoute | 'appointmentSlots' | 'consents'>;
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
  /** Where a case is read and its papers are handed in by phone. */
  readonly casePage?: (requestNumber: string) => string;
  readonly callStaff?: CallStaff;
  readonly city?: CityParameters;
  readonly isHoliday?: (date: CalendarDate) => boolean;
}

/** From what a depositor leaves to what becomes of it. */
export function createRequestRoom(parts: RequestRoomParts): RequestRoom {
  const { clock, store, vault, log, core, identity, contacts, channelOf } = parts;
  const { city = JIANGZHOU, isHoliday = isWeekend, casePage, callStaff = async () => false } = parts;
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
  const appointments = createAppointments({ clock, store, catalogue });
  const desk = createDesk({ ...deskParts, log, appointments, callStaff });
  const view = createProgress({ clock, store, vault, book, desk, catalogue, casePage });
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
    handlers: {
      ...requestHandlers({ clock, core, vault, identity, guard, book, confirmations, contacts: ask, view }),
      async consents({ terminalId }, { identityToken }) {
        const depositor = await identity.depositor(terminalId, identityToken);
        if (!depositor.ok) return depositor;
        return ok(await consentsOf(depositor.value.depositorId, { clock, outward: parts.outward() }));
      },
      appointmentSlots: async (_terminal, { topicId }) => ok(await appointments.slots(topicId)),
    },
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
