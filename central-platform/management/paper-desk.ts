import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import type { CertificateOffice } from '../documents/certificates/office.ts';
import type { DocumentRecord, DocumentStore } from '../store/document-store.ts';
import type { DocumentDesk, DocumentRow } from './documents.ts';

/** Name and service item (domain facts 8) of each kind of the register. */
const KINDS: Readonly<Record<string, { readonly item: string; readonly name: Words }>> = {
  depositStatement: { item: 'P01', name: { zh: '缴存明细', en: 'Deposit statement' } },
  depositCertificate: { item: 'P02', name: { zh: '缴存证明', en: 'Deposit certificate' } },
  crossRegionCertificate: { item: 'P03', name: { zh: '异地贷款缴存使用证明', en: 'Cross-region loan certificate' } },
  repaymentHistory: { item: 'P04', name: { zh: '还款明细', en: 'Repayment history' } },
  repaymentSchedule: { item: 'P04', name: { zh: '还款计划', en: 'Repayment schedule' } },
  loanSettlement: { item: 'P05', name: { zh: '贷款结清证明', en: 'Loan settlement certificate' } },
  annualStatement: { item: 'P06', name: { zh: '年度对账单', en: 'Annual statement' } },
  accountSheet: { item: 'P07', name: { zh: '账户信息单', en: 'Account sheet' } },
  loanSheet: { item: 'P07', name: { zh: '贷款信息单', en: 'Loan sheet' } },
  acceptance: { item: 'S01', name: { zh: '受理回执', en: 'Acceptance slip' } },
};
const Masked = z.object({ nameMasked: z.string().optional(), accountMasked: z.string().optional() });

export interface PaperDesk extends DocumentDesk {
  /** Service item of a document; P01 where the register does not know it. */
  itemOf(documentNumber: string): Promise<string>;
  /** Two people agreed. A certificate whose holder asked goes the way of its own life cycle. E2508, E2507. */
  cancel(documentNumber: string): Promise<Result<void>>;
}

/** The document register as the console sees it. */
export function createPaperDesk(parts: {
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly certificates: CertificateOffice;
  /** Its holder is told. */
  readonly cancelled: (documentNumber: string) => Promise<void>;
}): PaperDesk {
  const { clock, store, certificates } = parts;

  function rowOf(record: DocumentRecord): DocumentRow {
    const { documentNumber, kind, state, terminalId, issuedAt, pages, prints, sha256, validUntil } = record;
    const masked = Masked.safeParse(record.publicContent);
    const expired = state === 'valid' && validUntil !== null && validUntil < shanghaiDate(clock.now());
    return {
      ...{ documentNumber, kind, kindName: KINDS[kind]?.name ?? { zh: kind, en: kind } },
      ...{ state: expired ? 'expired' : state, terminalId, issuedAt, pages, prints, sha256 },
      name: (masked.success && masked.data.nameMasked) || null,
      account: (masked.success && masked.data.accountMasked) || null,
    };
  }

  return {
    async find(documentNumber) {
      const record = await store.find(documentNumber);
      return record && rowOf(record);
    },
    list: async (limit, issuedBefore) =>
      (await store.list({ limit, ...(issuedBefore !== undefined && { issuedBefore }) })).map(rowOf),
    cancelRequests: async () =>
      (await certificates.cancelRequests()).map(({ documentNumber, requestedAt, reason, actor }) => ({
        ...{ documentNumber, requestedAt, reason: String(reason), channelId: actor },
      })),
    itemOf: async (documentNumber) => KINDS[(await store.find(documentNumber))?.kind ?? '']?.item ?? 'P01',
    async cancel(documentNumber) {
      const asked = (await certificates.cancelRequests()).some((request) => request.documentNumber === documentNumber);
      if (asked) {
        const reviewed = await certificates.reviewCancel({ documentNumber, approved: true, by: 'console' });
        return reviewed.ok ? ok() : reviewed;
      }
      if (!(await store.find(documentNumber))) return fail('E2508');
      const done = await store.setState(documentNumber, 'cancelled', clock.now(), 'staff');
      if (!done) return fail('E2507');
      await parts.cancelled(documentNumber);
      return ok();
    },
  };
}
