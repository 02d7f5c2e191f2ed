import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { RequestOutcome } from '@kiosk/contract/platform/requests.ts';
import { parseIdNumber } from '@kiosk/domain/id-number.ts';
import { sameName } from '@kiosk/domain/names.ts';
import { parseRequestNumber } from '@kiosk/domain/request-number.ts';
import type { Guard } from '../channels/guard.ts';
import type { CoreSystem } from '../core/core-system.ts';
import type { PlatformHandlers } from '../gateway/handlers.ts';
import type { Identity } from '../identity/identity.ts';
import type { Vault } from '../vault.ts';
import { type CaseBook, personKey } from './case-book.ts';
import type { Confirmations } from './confirm.ts';
import type { Contacts } from './contacts.ts';
import type { ProgressView } from './progress.ts';

export type RequestRoute =
  | 'confirmRequest'
  | 'requestOutcome'
  | 'completeIdentity'
  | 'progress'
  | 'sendContactCode'
  | 'checkContactCode'
  | 'verifyPayoutCard';

/** Another process of the platform may have received or decided it: nobody tells this one. */
const LOOK_EVERY_MS = 1_000;
const MOST_WAIT_MS = 5_000;

export interface RequestHandlerParts {
  readonly clock: Clock;
  readonly core: CoreSystem;
  readonly vault: Vault;
  readonly identity: Pick<Identity, 'depositor'>;
  readonly guard: Guard;
  readonly book: CaseBook;
  readonly confirmations: Confirmations;
  readonly contacts: Contacts;
  readonly view: ProgressView;
}

/** Requests of a depositor as terminals ask about them. */
export function requestHandlers(parts: RequestHandlerParts): Pick<PlatformHandlers, RequestRoute> {
  const { clock, core, vault, identity, guard, book, confirmations, contacts, view } = parts;

  /** Until it has arrived and the machine has looked at it, or the time is over. */
  async function decidedOrLate(requestNumber: string, waitMs: number): Promise<void> {
    const until = clock.monotonic() + Math.min(waitMs, MOST_WAIT_MS);
    for (;;) {
      let changed = (): void => {};
      const heard = new Promise<void>((resolve) => (changed = resolve));
      const stop = book.watch(requestNumber, () => changed());
      const left = until - clock.monotonic();
      const cancel = clock.after(Math.max(0, Math.min(left, LOOK_EVERY_MS)), () => changed());
      try {
        const open = await book.open(requestNumber);
        if ((open && open.now.state !== 'arrived') || left <= 0) return;
        await heard;
      } finally {
        stop();
        cancel();
      }
    }
  }

  /** `idNumber`: of whoever asks; null: somebody who only has the number. */
  async function outcomeOf(
    terminalId: string,
    requestNumber: string,
    idNumber: string | null,
  ): Promise<Result<RequestOutcome>> {
    const open = await book.open(requestNumber);
    const mine = idNumber !== null && open?.row.idHash === personKey(vault, idNumber);
    if (open && (idNumber === null || mine)) return ok(await view.outcome(open, mine));
    // Of somebody else, or of nobody who was named: told to whoever holds its number as to anybody.
    if (open && open.row.idHash === null) return ok(await view.outcome(open, false));
    const wait = open ? await guard.take('numbers by person', `${terminalId} ${idNumber}`) : 0;
    if (wait > 0) return fail('E2607', `${wait} s`);
    return open ? fail('E2606') : ok({ state: 'received', requestNumber, arrived: false });
  }

  return {
    confirmRequest: ({ terminalId }, asked) => confirmations.confirm(terminalId, asked),
    async requestOutcome({ terminalId }, { requestNumber: typed, identityToken, waitMs }) {
      const number = parseRequestNumber(typed);
      if (!number.ok) return fail('E9005', 'requestNumber');
      const requestNumber = number.value.number;
      const person = identityToken === undefined ? undefined : await identity.depositor(terminalId, identityToken);
      if (person && !person.ok) return person;
      await decidedOrLate(requestNumber, waitMs);
      return outcomeOf(terminalId, requestNumber, person?.value.idNumber ?? null);
    },
    async completeIdentity({ terminalId }, asked) {
      const done = await confirmations.complete(terminalId, asked);
      if (!done.ok) return done;
      const person = await identity.depositor(terminalId, asked.identityToken);
      if (!person.ok) return person;
      await decidedOrLate(asked.requestNumber, MOST_WAIT_MS);
      return outcomeOf(terminalId, asked.requestNumber, person.value.idNumber);
    },
    async progress({ terminalId }, { identityToken, claim }) {
      if (identityToken !== undefined) {
        const person = await identity.depositor(terminalId, identityToken, 'L1', 'Q06');
        if (!person.ok) return person;
        const whole = await identity.depositor(terminalId, identityToken, 'L2', 'Q06');
        const masked = !whole.ok;
        return ok({ masked, cases: await view.ofPerson(person.value.idNumber, masked) });
      }
      const number = claim && parseIdNumber(claim.idNumber);
      if (!claim || !number?.ok) return fail('E9005', 'identityToken or claim');
      const found = await core.findByIdNumber(number.value.value);
      if (!found.ok) return found;
      // Nobody of this name: as empty as somebody who left nothing.
      const known = found.value && sameName(found.value.name, claim.name);
      return ok({ masked: true, cases: known ? await view.ofPerson(number.value.value, true) : [] });
    },
    async sendContactCode({ terminalId }, { identityToken, phone }) {
      const person = await identity.depositor(terminalId, identityToken, 'L2', 'B01');
      return person.ok ? contacts.sendCode(terminalId, person.value, phone) : person;
    },
    async checkContactCode({ terminalId }, { identityToken, challengeId, code }) {
      const person = await identity.depositor(terminalId, identityToken, 'L2', 'B01');
      return person.ok ? contacts.checkCode(terminalId, person.value, challengeId, code) : person;
    },
    async verifyPayoutCard({ terminalId }, { identityToken, operationId, cardNumber }) {
      const person = await identity.depositor(terminalId, identityToken);
      return person.ok ? contacts.verifyCard(terminalId, person.value, operationId, cardNumber) : person;
    },
  };
}
