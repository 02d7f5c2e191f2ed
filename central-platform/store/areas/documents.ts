import { type Selectable, sql } from 'kysely';
import type {
  ArchivedPaper,
  DocumentFilter,
  DocumentOrder,
  DocumentRecord,
  DocumentStore,
  IssuedPaper,
  PaperKey,
} from '../document-store.ts';
import type { DocumentTables } from '../tables/documents.ts';
import type { Db } from '../tables/tables.ts';
import { certificateStore } from './certificates.ts';

const PAGE = 500;

export function documentStore(db: Db): DocumentStore {
  const rows = (from: Db = db) =>
    from
      .selectFrom('document')
      .selectAll('document')
      .select((row) => [
        row
          .selectFrom('print_operation')
          .select((e) => e.fn.countAll<number>().as('n'))
          .whereRef('print_operation.document_number', '=', 'document.document_number')
          .where('print_operation.outcome', '=', 'done')
          .as('prints'),
        row
          .selectFrom('document_reprint')
          .select((e) => e.fn.countAll<number>().as('n'))
          .whereRef('document_reprint.document_number', '=', 'document.document_number')
          .where('document_reprint.bytes', 'is not', null)
          .as('reprints'),
      ]);

  const find = async (documentNumber: string, from: Db = db) => {
    const row = await rows(from).where('document_number', '=', documentNumber).executeTakeFirst();
    return row && recordOf(row);
  };

  return {
    certificates: certificateStore(db),
    reserve: (order, makeNumber) => reserve(db, order, makeNumber, find),
    archive: (documentNumber, paper) => archive(db, documentNumber, paper),
    find: (documentNumber) => find(documentNumber),
    async bytes(documentNumber, reprint = 0) {
      const first = db.selectFrom('document_archive').select('bytes').where('document_number', '=', documentNumber);
      const again = db
        .selectFrom('document_reprint')
        .select('bytes')
        .where('document_number', '=', documentNumber)
        .where('reprint', '=', reprint);
      const row = await (reprint === 0 ? first.executeTakeFirst() : again.executeTakeFirst());
      return row?.bytes ?? undefined;
    },
    async source(documentNumber) {
      const row = await db
        .selectFrom('document')
        .select('source')
        .where('document_number', '=', documentNumber)
        .executeTakeFirst();
      return row?.source ?? undefined;
    },
    async list(filter = { limit: PAGE }) {
      const wanted = filtered(rows(), filter);
      return (await wanted.orderBy('issued_at', 'desc').orderBy('document_number', 'desc').execute()).map(recordOf);
    },
    async setState(documentNumber, state, at, reason) {
      const cancelled = state === 'cancelled';
      const changed = await db
        .updateTable('document')
        .set({ state, cancelled_at: cancelled ? at : null, cancel_reason: cancelled ? (reason ?? null) : null })
        .where('document_number', '=', documentNumber)
        .where('state', '<>', 'issuing')
        .executeTakeFirst();
      return changed.numUpdatedRows === 1n;
    },
    reserveReprint: (documentNumber, terminalId, operationId, at) =>
      reserveReprint(db, { documentNumber, terminalId, operationId, at }),
    async archiveReprint({ documentNumber, reprint }, { pages, sha256, bytes }) {
      await db
        .updateTable('document_reprint')
        .set({ pages, sha256, bytes: Buffer.from(bytes) })
        .where('document_number', '=', documentNumber)
        .where('reprint', '=', reprint)
        .where('bytes', 'is', null)
        .execute();
    },
    papersAfter: (key, limit) => papersAfter(db, key, limit),
  };
}

type Find = (documentNumber: string, from?: Db) => Promise<DocumentRecord | undefined>;

/** Two processes may reserve for the same operation at once: one of them adds the row, both answer it. */
async function reserve(
  db: Db,
  order: DocumentOrder,
  makeNumber: (sequence: number) => string,
  find: Find,
): Promise<DocumentRecord> {
  const { terminalId, operationId, centreId, date } = order;
  const known = (from: Db) =>
    from
      .selectFrom('document')
      .select('document_number')
      .where('terminal_id', '=', terminalId)
      .where('operation_id', '=', operationId)
      .executeTakeFirst();
  const number = await db.transaction().execute(async (transaction) => {
    // A write comes first, so that SQLite gives the lock of a writer at once and PostgreSQL that of the row.
    const { last } = await transaction
      .insertInto('document_sequence')
      .values({ centre_id: centreId, terminal_id: terminalId, date, last: 0 })
      .onConflict((conflict) =>
        conflict.columns(['centre_id', 'terminal_id', 'date']).doUpdateSet({ last: sql`document_sequence.last` }),
      )
      .returning('last')
      .executeTakeFirstOrThrow();
    const there = await known(transaction);
    if (there) return there.document_number;
    const made = makeNumber(last + 1);
    const added = await transaction
      .insertInto('document')
      .values({
        document_number: made,
        kind: order.kind,
        state: 'issuing',
        terminal_id: terminalId,
        operation_id: operationId,
        depositor_id: order.depositorId,
        fingerprint: order.fingerprint,
        issued_at: order.at,
      })
      .onConflict((conflict) => conflict.columns(['terminal_id', 'operation_id']).doNothing())
      .returning('document_number')
      .executeTakeFirst();
    // Begun on another day meanwhile: that number stands, and this one was not taken.
    if (!added) return (await known(transaction))!.document_number;
    await transaction
      .updateTable('document_sequence')
      .set({ last: last + 1 })
      .where('centre_id', '=', centreId)
      .where('terminal_id', '=', terminalId)
      .where('date', '=', date)
      .execute();
    return made;
  });
  return (await find(number))!;
}

async function archive(db: Db, documentNumber: string, paper: IssuedPaper): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const done = await transaction
      .updateTable('document')
      .set({
        state: 'valid',
        verification_code: paper.verificationCode,
        verification_url: paper.verificationUrl,
        pages: paper.pages,
        sha256: paper.sha256,
        public_content: JSON.stringify(paper.publicContent),
        valid_until: paper.validUntil,
        sealed_by: paper.sealedBy,
        source: Buffer.from(paper.source),
      })
      .where('document_number', '=', documentNumber)
      .where('state', '=', 'issuing')
      .executeTakeFirst();
    // Another process was faster with the same operation: what it archived is the document.
    if (done.numUpdatedRows !== 1n) return;
    await transaction
      .insertInto('document_archive')
      .values({ document_number: documentNumber, bytes: Buffer.from(paper.bytes) })
      .execute();
  });
}

async function reserveReprint(
  db: Db,
  asked: {
    readonly documentNumber: string;
    readonly terminalId: string;
    readonly operationId: string;
    readonly at: number;
  },
) {
  const { documentNumber, terminalId, operationId, at } = asked;
  return db.transaction().execute(async (transaction) => {
    const valid = await transaction
      .updateTable('document')
      .set({ state: 'valid' })
      .where('document_number', '=', documentNumber)
      .where('state', '=', 'valid')
      .executeTakeFirst();
    if (valid.numUpdatedRows !== 1n) return undefined;
    const known = await transaction
      .selectFrom('document_reprint')
      .selectAll()
      .where('terminal_id', '=', terminalId)
      .where('operation_id', '=', operationId)
      .executeTakeFirst();
    if (known && known.document_number !== documentNumber) return undefined;
    if (known) return { reprint: known.reprint, at: known.at, paper: paperOf(known) };
    const { last } = await transaction
      .selectFrom('document_reprint')
      .select((row) => row.fn.coalesce(row.fn.max('reprint'), sql<number>`0`).as('last'))
      .where('document_number', '=', documentNumber)
      .executeTakeFirstOrThrow();
    const reprint = last + 1;
    await transaction
      .insertInto('document_reprint')
      .values({ document_number: documentNumber, reprint, terminal_id: terminalId, operation_id: operationId, at })
      .execute();
    return { reprint, at, paper: undefined };
  });
}

async function papersAfter(db: Db, { documentNumber, reprint }: PaperKey, limit: number) {
  const first = await db
    .selectFrom('document')
    .leftJoin('document_archive', 'document_archive.document_number', 'document.document_number')
    .select(['document.document_number', 'document.issued_at as at', 'pages', 'sha256', 'document_archive.bytes'])
    .where('document.document_number', '>', documentNumber)
    .where('document.state', '<>', 'issuing')
    .orderBy('document.document_number')
    .limit(limit)
    .execute();
  const again = await db
    .selectFrom('document_reprint')
    .select(['document_number', 'reprint', 'at', 'pages', 'sha256', 'bytes'])
    .where('bytes', 'is not', null)
    .where((row) =>
      row.or([
        row('document_number', '>', documentNumber),
        row.and([row('document_number', '=', documentNumber), row('reprint', '>', reprint)]),
      ]),
    )
    .orderBy('document_number')
    .orderBy('reprint')
    .limit(limit)
    .execute();
  return [...first.map((row) => ({ ...row, reprint: 0 })), ...again]
    .map((row) => ({
      documentNumber: row.document_number,
      reprint: row.reprint,
      at: row.at,
      pages: row.pages ?? 0,
      sha256: row.sha256 ?? '',
      bytes: row.bytes,
    }))
    .sort((a, b) =>
      a.documentNumber === b.documentNumber ? a.reprint - b.reprint : a.documentNumber < b.documentNumber ? -1 : 1,
    )
    .slice(0, limit);
}

function paperOf(row: Selectable<DocumentTables['document_reprint']>): ArchivedPaper | undefined {
  const { pages, sha256, bytes } = row;
  return pages === null || sha256 === null || bytes === null ? undefined : { pages, sha256, bytes };
}

function filtered<
  Q extends { where(column: string, operator: '=' | '<', value: string | number): Q; limit(n: number): Q },
>(query: Q, { kind, state, depositorId, terminalId, issuedBefore, limit }: DocumentFilter): Q {
  let wanted = query.limit(limit);
  const equal = { kind, state, depositor_id: depositorId, terminal_id: terminalId };
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) wanted = wanted.where(`document.${column}`, '=', value);
  }
  return issuedBefore === undefined ? wanted : wanted.where('document.issued_at', '<', issuedBefore);
}

type Row = Selectable<DocumentTables['document']> & {
  readonly prints: number | null;
  readonly reprints: number | null;
};

const recordOf = (row: Row): DocumentRecord => ({
  documentNumber: row.document_number,
  kind: row.kind,
  state: row.state,
  terminalId: row.terminal_id,
  operationId: row.operation_id,
  depositorId: row.depositor_id,
  fingerprint: row.fingerprint,
  issuedAt: row.issued_at,
  validUntil: row.valid_until,
  verificationCode: row.verification_code,
  verificationUrl: row.verification_url,
  pages: row.pages,
  sha256: row.sha256,
  sealedBy: row.sealed_by,
  publicContent: row.public_content === null ? null : JSON.parse(row.public_content),
  cancelledAt: row.cancelled_at,
  cancelReason: row.cancel_reason,
  reprints: Number(row.reprints ?? 0),
  prints: Number(row.prints ?? 0),
});
