import type Database from 'better-sqlite3';
import type { DocumentOrder, DocumentRecord, DocumentStore, PublicContent } from '../store.ts';

type Row = Omit<DocumentRecord, 'publicContent'> & { publicContent: string | null };

const SELECT = `SELECT d.document_number documentNumber, d.kind, d.state, d.terminal_id terminalId, d.operation_id operationId,
    d.depositor_id depositorId, d.fingerprint, d.issued_at issuedAt, d.verification_code verificationCode,
    d.verification_url verificationUrl, d.pages, d.sha256,
    d.public_content publicContent,
    (SELECT count(*) FROM print_operation p WHERE p.document_number = d.document_number AND p.outcome = 'done') prints
  FROM document d`;

const fromRow = (row: Row): DocumentRecord => ({
  ...row,
  publicContent: row.publicContent === null ? null : (JSON.parse(row.publicContent) as PublicContent),
});

export function documentStore(db: Database.Database): DocumentStore {
  const byOperation = db.prepare<[string, string], Row>(`${SELECT} WHERE d.terminal_id = ? AND d.operation_id = ?`);
  const byNumber = db.prepare<[string], Row>(`${SELECT} WHERE d.document_number = ?`);
  const list = db.prepare<[], Row>(`${SELECT} ORDER BY d.issued_at DESC, d.document_number DESC LIMIT 500`);
  const nextSequence = db.prepare<[string, string, string], { last: number }>(
    `INSERT INTO document_sequence VALUES (?, ?, ?, 1)
     ON CONFLICT (centre_id, terminal_id, date) DO UPDATE SET last = last + 1 RETURNING last`,
  );
  const add = db.prepare(
    `INSERT INTO document (document_number, kind, state, terminal_id, operation_id, depositor_id, fingerprint, issued_at)
     VALUES (?, ?, 'issuing', ?, ?, ?, ?, ?)`,
  );
  const complete = db.prepare(
    `UPDATE document SET state = 'valid', verification_code = ?, verification_url = ?, pages = ?, sha256 = ?, public_content = ?
     WHERE document_number = ? AND state = 'issuing'`,
  );
  const keep = db.prepare('INSERT INTO document_archive VALUES (?, ?)');
  const bytes = db.prepare<[string], { bytes: Buffer }>('SELECT bytes FROM document_archive WHERE document_number = ?');
  const setState = db.prepare(`UPDATE document SET state = ? WHERE document_number = ? AND state <> 'issuing'`);

  const reserve = db.transaction((order: DocumentOrder, makeNumber: (sequence: number) => string): DocumentRecord => {
    const known = byOperation.get(order.terminalId, order.operationId);
    if (known) return fromRow(known);
    const { last } = nextSequence.get(order.centreId, order.terminalId, order.date)!;
    const number = makeNumber(last);
    add.run(number, order.kind, order.terminalId, order.operationId, order.depositorId, order.fingerprint, order.at);
    return fromRow(byNumber.get(number)!);
  });

  const archive = db.transaction((number: string, content: Parameters<DocumentStore['archive']>[1]) => {
    const { verificationCode, verificationUrl, pages, sha256, publicContent } = content;
    const done = complete.run(verificationCode, verificationUrl, pages, sha256, JSON.stringify(publicContent), number);
    if (done.changes !== 1) throw new Error(`document ${number} is not waiting for its bytes`);
    keep.run(number, content.bytes);
  });

  return {
    reserve: async (order, makeNumber) => reserve.immediate(order, makeNumber),
    async archive(number, content) {
      archive.immediate(number, content);
    },
    async find(number) {
      const row = byNumber.get(number);
      return row && fromRow(row);
    },
    bytes: async (number) => bytes.get(number)?.bytes,
    list: async () => list.all().map(fromRow),
    setState: async (number, state) => setState.run(state, number).changes === 1,
  };
}
