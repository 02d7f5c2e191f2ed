import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Account, AccountEntry } from '@kiosk/domain/account.ts';
import type { CertificateKind } from '@kiosk/domain/certificates.ts';
import type { EntryKind } from '@kiosk/domain/code-tables.ts';
import type { CalendarDate, Period } from '@kiosk/domain/dates.ts';
import type { Loan } from '@kiosk/domain/loan.ts';
import type { Fen } from '@kiosk/domain/money.ts';

/** Where withdrawals are paid to (收款卡). */
export interface PayoutCard {
  readonly bankName: string;
  /** Whole card or account number. */
  readonly cardNumber: string;
}

/** A depositor as the core system knows the person. */
export interface Depositor {
  /** The core's own handle, meaningless outside it. */
  readonly depositorId: string;
  readonly name: string;
  readonly certificateKind: CertificateKind;
  /** Number of that document: 18 characters for a resident card. */
  readonly idNumber: string;
  /** Phone on record (预留手机号); null: none. */
  readonly phone: string | null;
  readonly payoutCard: PayoutCard | null;
  /** In order of preference: the account in use first. */
  readonly accounts: readonly Account[];
  readonly loans: readonly Loan[];
}

/** A unit that pays for its people, or the pool of those who pay for themselves. */
export interface Unit {
  readonly unitAccount: string;
  readonly name: string;
  /** JGJ/T 320 table A.4. */
  readonly state: string;
  /** 缴至年月 at unit level, where the standard has it (JZNY). */
  readonly paidToMonth: string;
  readonly people: number;
}

/** A page of an account's history. */
export interface HistoryQuery {
  readonly period?: Period | undefined;
  /** Only these kinds; absent: all. */
  readonly kinds?: readonly EntryKind[] | undefined;
  readonly order: 'newest' | 'oldest';
  /** Rows to pass over, and how many to give. */
  readonly offset: number;
  readonly limit: number;
}

export interface HistoryPage {
  /** Of all pages. */
  readonly rows: number;
  readonly totalInFen: Fen;
  readonly totalOutFen: Fen;
  readonly entries: readonly AccountEntry[];
}

/** A change of the core. The same reference carries out the same thing once and is answered again; with other content: E3307. */
interface Change {
  /** The caller's, unique for ever. */
  readonly reference: string;
  readonly depositorId: string;
}
export interface WithdrawalOrder extends Change {
  readonly accountNumber: string;
  readonly reason: string;
  readonly amountFen: Fen;
  /** The account ends: interest up to today is added and everything is paid out. */
  readonly closes: boolean;
}
/** An early repayment. The loan takes it the day it is booked; `amountFen` null: all that is owed on that day. */
export interface RepaymentOrder extends Change {
  readonly loanNumber: string;
  readonly amountFen: Fen | null;
  /** Of a part: the term stays and the payment falls, or the other way round. */
  readonly keep: 'term' | 'payment';
  /** The fund account that pays; null: the loan's repayment account, debited by the loan's bank as for every instalment. */
  readonly accountNumber: string | null;
}
/** Money that comes into an account of this centre. */
export interface TransferOrder extends Change {
  readonly accountNumber: string;
  /** Sent by another city's centre, and it is here; or all of another account of the same person, which is closed by it. */
  readonly from:
    | { readonly kind: 'centre'; readonly name: string; readonly amountFen: Fen }
    | { readonly kind: 'account'; readonly accountNumber: string };
}
export interface PhoneChange extends Change {
  readonly phone: string;
}
export interface CardChange extends Change {
  readonly card: PayoutCard;
}

export interface BookedWithdrawal {
  readonly reference: string;
  readonly accountNumber: string;
  readonly date: CalendarDate;
  /** Without the interest of a closing. */
  readonly principalFen: Fen;
  readonly interestFen: Fen;
  readonly balanceFen: Fen;
}

export interface BookedRepayment {
  readonly reference: string;
  readonly loanNumber: string;
  readonly date: CalendarDate;
  /** Principal and interest together. */
  readonly amountFen: Fen;
  readonly principalFen: Fen;
  readonly interestFen: Fen;
  /** Of the loan, after it. */
  readonly balanceFen: Fen;
}

export interface BookedTransfer {
  readonly reference: string;
  readonly accountNumber: string;
  readonly date: CalendarDate;
  /** What came in, the interest of the account it came from included. */
  readonly amountFen: Fen;
  readonly interestFen: Fen;
  readonly balanceFen: Fen;
}

/**
 * The core business system behind the platform, loosely coupled: the platform asks, the core answers or does not. A city
 * writes one adapter of this. Every question may end with E3301 not reachable, E3302 too slow, E3303 an answer that contradicts itself;
 * a change moreover with E3305: nobody knows whether it was carried out.
 */
export interface CoreSystem {
  /** By the number of a document, as it stands on it. */
  findByIdNumber(idNumber: string): Promise<Result<Depositor | undefined>>;
  get(depositorId: string): Promise<Result<Depositor | undefined>>;
  /** Error: E3304 no such account of this person. */
  history(depositorId: string, accountNumber: string, query: HistoryQuery): Promise<Result<HistoryPage>>;
  /** A unit user's certificate (USB key) by its SHA-256, hex. */
  unitByCertificate(fingerprint: string): Promise<Result<Unit | undefined>>;
  /** Errors: E3304, E3306 more than there is or a state that does not allow it, E3307. */
  withdraw(order: WithdrawalOrder): Promise<Result<BookedWithdrawal>>;
  /** What became of a withdrawal; undefined: the core never booked it. */
  withdrawal(depositorId: string, reference: string): Promise<Result<BookedWithdrawal | undefined>>;
  /** Errors: E3304 no such loan or account, E3306 overdue, settled, an amount outside the limits or beyond the account, E3307. */
  repayEarly(order: RepaymentOrder): Promise<Result<BookedRepayment>>;
  /** Errors: E3304, E3306 a state that does not allow it, E3307. */
  transfer(order: TransferOrder): Promise<Result<BookedTransfer>>;
  /** Error: E3304 nobody of this handle, E3307. */
  changePhone(change: PhoneChange): Promise<Result<void>>;
  changePayoutCard(change: CardChange): Promise<Result<void>>;
}
