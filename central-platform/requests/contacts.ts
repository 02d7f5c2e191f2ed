import { randomInt, timingSafeEqual } from 'node:crypto';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { PayoutCardChecked } from '@kiosk/contract/platform/requests.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import type { Guard } from '../channels/guard.ts';
import type { Messenger } from '../channels/sms/messenger.ts';
import type { Depositor } from '../core/core-system.ts';
import type { IdentityStore } from '../store/identity-store.ts';
import { cardHash, contactHash, lastFour } from './items/changes.ts';
import type { DeskParts } from './work.ts';

const CODE_VALID_MS = 5 * 60_000;
const RESEND_AFTER_MS = 60_000;
const TRIES = 3;
const LOCK_MS = 10 * 60_000;

/** What is found out before it is asked for: a new number is reached, a card takes the person's money. */
export interface Contacts {
  /** Errors: E1203 locked or too many, E2702. */
  sendCode(terminalId: string, person: Depositor, phone: string): Promise<Result<PlatformAnswer<'sendContactCode'>>>;
  /** Errors: E1202, E1203. */
  checkCode(
    terminalId: string,
    person: Depositor,
    checkId: string,
    code: string,
  ): Promise<Result<PlatformAnswer<'checkContactCode'>>>;
  /** Errors: E3307 the operation asked about another card, E3501, E2607 too many cards. */
  verifyCard(
    terminalId: string,
    person: Depositor,
    operationId: string,
    cardNumber: string,
  ): Promise<Result<PayoutCardChecked>>;
}

export interface ContactParts extends Pick<DeskParts, 'clock' | 'vault' | 'bank'> {
  readonly store: { readonly requests: DeskParts['store']['requests']; readonly identity: IdentityStore };
  readonly guard: Guard;
  readonly messenger: Pick<Messenger, 'send'>;
}

export function createRequestContacts(parts: ContactParts): Contacts {
  const { clock, store, vault, guard, messenger, bank } = parts;
  const codeHash = (checkId: string, code: string) => vault.hash('contact code', `${checkId} ${code}`);
  const subject = ({ depositorId }: Depositor) => vault.hash('contact tries', depositorId);
  const seconds = (ms: number) => Math.max(0, Math.ceil(ms / 1000));

  return {
    async sendCode(terminalId, person, phone) {
      if (person.phone === phone) return fail('E2702');
      const now = clock.now();
      const left = (await store.identity.lockedUntil(subject(person))) - now;
      if (left > 0) return fail('E1203', `${seconds(left)} s`);
      const sent = (check: { checkId: string; phoneMasked: string; createdAt: number; expiresAt: number }) => ({
        challengeId: check.checkId,
        phoneMasked: check.phoneMasked,
        resendAfterSeconds: seconds(check.createdAt + RESEND_AFTER_MS - now),
        validSeconds: seconds(check.expiresAt - now),
      });
      const phoneHash = contactHash(vault, phone);
      const standing = await store.requests.openContactCheck(person.depositorId, now);
      // Asking again too early is answered with the code that is on its way.
      const onItsWay = standing?.phoneHash === phoneHash && standing.terminalId === terminalId;
      if (onItsWay && now < standing.createdAt + RESEND_AFTER_MS) return ok(sent(standing));
      // A number that is nobody's here gets messages too: not many.
      const wait = Math.max(
        await guard.take('codes by subject', person.depositorId),
        await guard.take('codes by subject', phoneHash),
      );
      if (wait > 0) return fail('E1203', `${wait} s`);
      const checkId = newId(now);
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const check = {
        ...{ checkId, terminalId, depositorId: person.depositorId, phoneHash, phoneMasked: maskPhone(phone) },
        ...{ codeHash: codeHash(checkId, code), createdAt: now, expiresAt: now + CODE_VALID_MS, provenAt: null },
      };
      await store.requests.addContactCheck(check);
      const values = { code, minutes: String(CODE_VALID_MS / 60_000) };
      await messenger.send({ phone, template: 'code.kiosk', values });
      return ok(sent(check));
    },
    async checkCode(terminalId, person, checkId, code) {
      const check = await store.requests.contactCheck(checkId);
      const mine = check?.terminalId === terminalId && check.depositorId === person.depositorId;
      if (!mine) return fail('E1202');
      const now = clock.now();
      const left = (await store.identity.lockedUntil(subject(person))) - now;
      if (left > 0) return fail('E1203', `${seconds(left)} s`);
      const right = timingSafeEqual(Buffer.from(codeHash(checkId, code), 'hex'), Buffer.from(check.codeHash, 'hex'));
      const accepted = { accepted: true, contactCheckId: checkId, phoneMasked: check.phoneMasked } as const;
      // Its answer was lost.
      if (check.provenAt !== null) return right ? ok(accepted) : fail('E1202');
      if (now >= check.expiresAt) return fail('E1202');
      const tries = await store.identity.countTry(subject(person), { at: now, tries: TRIES, lockMs: LOCK_MS });
      if (tries > TRIES || !right) {
        if (tries >= TRIES) return fail('E1203', `${seconds(LOCK_MS)} s`);
        return ok({ accepted: false, attemptsLeft: TRIES - tries });
      }
      await store.requests.proveContact(checkId, now);
      await store.identity.clearTries(subject(person));
      return ok(accepted);
    },
    async verifyCard(terminalId, person, operationId, cardNumber) {
      if (!hasLuhnDigit(cardNumber)) return ok({ verified: false, repair: 'number', words: REPAIR.number });
      const checkId = `${terminalId}.${operationId}`;
      const hash = cardHash(vault, cardNumber);
      const known = await store.requests.cardCheck(checkId);
      if (known && (known.cardHash !== hash || known.depositorId !== person.depositorId)) return fail('E3307');
      const good = (bankName: string) =>
        ok({ verified: true, cardCheckId: checkId, bankName, card: lastFour(cardNumber) } as const);
      if (known) return good(known.bankName);
      const wait = await guard.take('cards by person', person.depositorId);
      if (wait > 0) return fail('E2607', `${wait} s`);
      const { name, idNumber, depositorId } = person;
      const told = await bank.verifyCard({
        ...{ reference: operationId, actor: `terminal ${terminalId}`, name, idNumber, cardNumber },
      });
      if (!told.ok) {
        if (told.error.code !== 'E3504') return told;
        const detail = told.error.detail;
        const repair = detail === 'closed' || detail === 'credit' ? detail : 'name';
        return ok({ verified: false, repair, words: REPAIR[repair] });
      }
      const { bankName } = told.value;
      await store.requests.addCardCheck({
        checkId,
        depositorId,
        cardHash: hash,
        verified: true,
        bankName,
        at: clock.now(),
      });
      return good(bankName);
    },
  };
}

const REPAIR = {
  number: { zh: '卡号有误，请核对后再输一遍', en: 'This is no card number; please check it and type it once more' },
  name: {
    zh: '银行登记的户名或证件与您的不一致。请用本人的卡；如姓名中有间隔点或生僻字，请先到开户行更正',
    en: 'The bank has another name or number for this card. Please use your own; a name with a dot or a rare character is put right at the bank',
  },
  closed: { zh: '这个账户已销户或停用，请换一张卡', en: 'This account is closed; please use another card' },
  credit: { zh: '收款要用储蓄卡，请换一张借记卡', en: 'Money is paid to debit cards only; please use another card' },
} as const;

/** ISO/IEC 7812-1: every second digit from the right doubled, the sum a multiple of ten. */
export function hasLuhnDigit(cardNumber: string): boolean {
  const sum = [...cardNumber].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return /^\d{12,19}$/.test(cardNumber) && sum % 10 === 0;
}
