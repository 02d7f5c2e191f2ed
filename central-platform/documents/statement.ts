import { createHash } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { IssuedDocument, Period } from '@kiosk/contract/platform/api.ts';
import {
  canonicalContent,
  statementTotals,
  verificationCode,
  verificationLink,
  type DepositStatementInput,
} from '@kiosk/documents/index.ts';
import { summarisePeriod, type Account } from '@kiosk/domain/account.ts';
import { shanghaiDate, type CalendarDate, type Period as Days } from '@kiosk/domain/dates.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import type { Depositor } from '../core/core-system.ts';
import { daysOf } from '../core/overview.ts';
import type { DocumentRecord, DocumentStore } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import type { Renderer } from './renderer.ts';
import type { SealProvider } from './seal.ts';

export interface StatementOrder {
  readonly terminalId: string;
  readonly operationId: string;
  readonly depositor: Depositor;
  readonly account: Account;
  readonly period: Period;
  readonly maskIdNumber: boolean;
}

export interface StatementOffice {
  /**
   * Numbers, renders, seals and archives a deposit statement. The same operation of the same terminal gets the same number and
   * bytes again, whatever happened in between.
   * Errors: E5203 no rows, E5204 a character is missing, E5201 rendering failed, E9005 period, or the operation already made another
   * document.
   */
  issue(order: StatementOrder): Promise<Result<IssuedDocument>>;
}

export interface StatementParts {
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly vault: Vault;
  readonly renderer: Renderer;
  readonly seal: SealProvider;
  readonly centre: { readonly id: string; readonly name: { readonly zh: string }; readonly enquiryPhone: string };
  /** Address of the page that verifies; known when the public listener is up. */
  verifyUrl(): string;
}

/** A statement is good for this long after its day of issue (the centre's rule, printed on it). */
export const STATEMENT_VALID_MONTHS = 2;

export const archiveContext = (documentNumber: string): string => `document ${documentNumber}`;

export function createStatementOffice(parts: StatementParts): StatementOffice {
  const { clock, store, vault, renderer, seal, centre } = parts;
  /** Operations under way in this process: a repeat waits for the first instead of rendering beside it. */
  const underWay = new Map<string, Promise<Result<IssuedDocument>>>();

  function content(order: StatementOrder, record: DocumentRecord, days: Days) {
    const { openingFen, entries } = summarisePeriod(order.account.entries, days);
    return {
      documentNumber: record.documentNumber,
      person: {
        name: order.depositor.name,
        certificateType: '01' as const,
        certificateNumber: order.depositor.idNumber,
      },
      account: {
        number: order.account.accountNumber,
        unitName: order.account.unitName,
        unitAccount: order.account.unitAccount,
      },
      period: days,
      openingFen,
      rows: entries.map(({ date, kind, summary, depositMonth, inFen, outFen, balanceFen }) => ({
        date,
        kind,
        summary,
        ...(depositMonth ? { depositMonths: { from: depositMonth, to: depositMonth } } : {}),
        inFen,
        outFen,
        balanceFen,
      })),
    } satisfies Partial<DepositStatementInput>;
  }

  async function make(order: StatementOrder, record: DocumentRecord, days: Days) {
    const said = content(order, record, days);
    const code = verificationCode(canonicalContent(said), vault.verificationKey);
    const verifyUrl = parts.verifyUrl();
    const rendered = await renderer.depositStatement({
      ...said,
      verificationCode: code,
      verifyUrl,
      centreName: centre.name.zh,
      certificateShown: order.maskIdNumber ? 'masked' : 'full',
      printedAt: record.issuedAt,
      terminalId: order.terminalId,
      validMonths: STATEMENT_VALID_MONTHS,
      enquiryPhone: centre.enquiryPhone,
      demonstration: seal.demonstration,
    });
    if (!rendered.ok) return rendered;
    const bytes = await seal.seal(rendered.value.bytes);
    const totals = statementTotals(said);
    await store.archive(record.documentNumber, {
      verificationCode: code,
      verificationUrl: verificationLink(verifyUrl, record.documentNumber, code),
      pages: rendered.value.pages,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      publicContent: {
        nameMasked: maskName(order.depositor.name),
        accountMasked: maskAccount(order.account.accountNumber),
        from: days.from,
        to: days.to,
        rows: said.rows.length,
        totalInFen: totals.inFen,
        totalOutFen: totals.outFen,
        closingFen: totals.closingFen,
      },
      bytes: vault.seal(archiveContext(record.documentNumber), bytes),
    });
    return ok(undefined);
  }

  /** From the archive, never from memory: what was issued is what is kept. */
  async function issued(documentNumber: string): Promise<IssuedDocument> {
    const record = await store.find(documentNumber);
    const kept = await store.bytes(documentNumber);
    if (!record?.verificationCode || !record.verificationUrl || !record.sha256 || !record.pages || !kept) {
      throw new Error(`document ${documentNumber} is valid without its bytes`);
    }
    const bytes = vault.open(archiveContext(documentNumber), kept);
    return {
      documentNumber,
      verificationCode: record.verificationCode,
      verificationUrl: record.verificationUrl,
      pages: record.pages,
      issuedAt: record.issuedAt,
      sha256: record.sha256,
      pdfBase64: bytes.toString('base64'),
    };
  }

  async function issueOnce(order: StatementOrder): Promise<Result<IssuedDocument>> {
    const days = daysOf(order.period);
    if (!days.ok) return days;
    const now = clock.now();
    const inside = upTo(shanghaiDate(now), days.value);
    if (inside.from > inside.to || summarisePeriod(order.account.entries, inside).entries.length === 0) {
      return fail('E5203');
    }
    const { terminalId, operationId } = order;
    const fingerprint = vault.hash(
      'statement order',
      JSON.stringify([order.depositor.depositorId, order.account.accountNumber, days.value, order.maskIdNumber]),
    );
    const date = shanghaiDate(now);
    const record = await store.reserve(
      {
        terminalId,
        operationId,
        kind: 'depositStatement',
        depositorId: order.depositor.depositorId,
        fingerprint,
        centreId: centre.id,
        date,
        at: now,
      },
      (sequence) => makeDocumentNumber({ centre: centre.id, date, terminal: terminalId, sequence }),
    );
    if (record.fingerprint !== fingerprint) return fail('E9005', 'operationId: already made another document');
    if (record.state === 'issuing') {
      // The day it got its number, should it be made again on a later one.
      const made = await make(order, record, upTo(shanghaiDate(record.issuedAt), days.value));
      if (!made.ok) return made;
    }
    return ok(await issued(record.documentNumber));
  }

  return {
    async issue(order) {
      const key = `${order.terminalId} ${order.operationId}`;
      // One after the other: the second finds in the archive what the first has made.
      const before = underWay.get(key) ?? Promise.resolve();
      const run = before.then(
        () => issueOnce(order),
        () => issueOnce(order),
      );
      underWay.set(key, run);
      try {
        return await run;
      } finally {
        if (underWay.get(key) === run) underWay.delete(key);
      }
    },
  };
}

/** A centre vouches for what was booked, never for days to come. */
function upTo(date: CalendarDate, days: Days): Days {
  return { from: days.from, to: days.to < date ? days.to : date };
}
