import { createHash } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { IssuedDocument } from '@kiosk/contract/platform/api.ts';
import {
  canonicalText,
  type DocumentKindName,
  isDocumentKind,
  kindOf,
  type PaperInput,
  verificationCode,
  verificationLink,
} from '@kiosk/documents/index.ts';
import { addMonthsToDate, shanghaiDate } from '@kiosk/domain/dates.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { z } from 'zod';
import type { DocumentRecord, DocumentStore } from '../store/document-store.ts';
import { openJson, sealJson, type Vault } from '../vault.ts';
import type { Renderer } from './renderer.ts';
import type { SealProvider } from './seal/provider.ts';
import { turns } from './turns.ts';
import type { Validity } from './validity.ts';

export interface DocumentOrder {
  /** A terminal of six characters, or another channel's. */
  readonly terminalId: string;
  readonly operationId: string;
  readonly depositorId: string;
  readonly kind: DocumentKindName;
  /** What was asked for, so that one operation cannot mean two documents. */
  readonly asked: unknown;
  /** The same as an earlier release wrote it down: an operation that was begun there goes on here. */
  readonly askedBefore?: { readonly context: string; readonly text: string } | undefined;
  readonly shown: 'masked' | 'full';
  /** What it says, as of the instant it got its number. */
  content(issuedAt: number): Result<unknown>;
}

export interface Preview {
  readonly pages: number;
  readonly pdfBase64: string;
}

export interface DocumentOffice {
  /**
   * Numbers, renders, seals and archives a document. The same operation of the same terminal gets the same number and bytes
   * again, whatever happened in between. Errors: those of the content; E5201, E5204 of the renderer; E5205, E5206 of the seal;
   * E5218 the operation already made another document.
   */
  issue(order: DocumentOrder): Promise<Result<IssuedDocument>>;
  /** The paper as it would be: watermark, no number, no seal, and no trace in the register. */
  preview(order: Omit<DocumentOrder, 'operationId' | 'asked'>): Promise<Result<Preview>>;
  /**
   * 补打: the same document again, from what it was made of, with the count on it. Counted once per operation.
   * Errors: E5211 not a document of this person, or not valid any more; E5212 from before reprints were kept.
   */
  reprint(order: {
    readonly documentNumber: string;
    readonly depositorId: string;
    readonly terminalId: string;
    readonly operationId: string;
  }): Promise<Result<IssuedDocument>>;
}

export interface DocumentParts {
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly vault: Vault;
  readonly renderer: Renderer;
  readonly seal: SealProvider;
  readonly centre: { readonly id: string; readonly name: { readonly zh: string }; readonly enquiryPhone: string };
  readonly validity: Validity;
  /** Address of the page that verifies; known when the public listener is up. */
  verifyUrl(): string;
}

export const archiveContext = (documentNumber: string, reprint = 0): string =>
  reprint === 0 ? `document ${documentNumber}` : `document ${documentNumber} reprint ${reprint}`;
const sourceContext = (documentNumber: string): string => `document source ${documentNumber}`;

const Source = z.object({ content: z.unknown(), shown: z.enum(['masked', 'full']) });

export function createDocumentOffice(parts: DocumentParts): DocumentOffice {
  const { clock, store, vault, renderer, seal, centre, validity } = parts;
  const oneByOne = turns();

  const paperOf = (
    kind: DocumentKindName,
    change: Pick<PaperInput, 'issued' | 'printedAt' | 'terminalId' | 'shown'>,
  ) => ({
    ...change,
    centreName: centre.name.zh,
    enquiryPhone: centre.enquiryPhone,
    validMonths: validity[kind],
    demonstration: seal.demonstration,
    signatureField: change.issued !== null && seal.needsField,
  });

  async function paper(kind: DocumentKindName, content: unknown, frame: PaperInput) {
    const rendered = await renderer.render(kind, content, frame);
    if (!rendered.ok) return rendered;
    const sealed = await seal.seal(rendered.value);
    if (!sealed.ok) return sealed;
    const { bytes, certificate } = sealed.value;
    return ok({ bytes, certificate, pages: rendered.value.pages, sha256: sha256Of(bytes) });
  }

  async function make(order: DocumentOrder, record: DocumentRecord): Promise<Result<void>> {
    const { kind, shown, terminalId } = order;
    const { documentNumber, issuedAt } = record;
    const content = order.content(issuedAt);
    if (!content.ok) return content;
    const code = verificationCode(canonicalText(kind, documentNumber, content.value), vault.verificationKey);
    const verifyUrl = parts.verifyUrl();
    const issued = { documentNumber, verificationCode: code, verifyUrl };
    const made = await paper(kind, content.value, paperOf(kind, { issued, printedAt: issuedAt, terminalId, shown }));
    if (!made.ok) return made;
    const { bytes, certificate, pages, sha256 } = made.value;
    const months = validity[kind];
    await store.archive(documentNumber, {
      verificationCode: code,
      verificationUrl: verificationLink(verifyUrl, documentNumber, code),
      pages,
      sha256,
      sealedBy: certificate,
      validUntil: months === null ? null : addMonthsToDate(shanghaiDate(issuedAt), months),
      publicContent: publicContent(kind, content.value),
      source: sealJson(vault, sourceContext(documentNumber), { content: content.value, shown } satisfies z.infer<
        typeof Source
      >),
      bytes: vault.seal(archiveContext(documentNumber), bytes),
    });
    return ok();
  }

  /** From the archive, never from memory: what was issued is what is kept. */
  async function issued(documentNumber: string): Promise<IssuedDocument> {
    const record = await store.find(documentNumber);
    const kept = await store.bytes(documentNumber);
    if (!record?.verificationCode || !record.verificationUrl || !record.sha256 || !record.pages || !kept) {
      throw new Error(`document ${documentNumber} is valid without its bytes`);
    }
    const { verificationCode: code, verificationUrl, pages, issuedAt, sha256 } = record;
    const bytes = vault.open(archiveContext(documentNumber), kept);
    const pdfBase64 = bytes.toString('base64');
    return { documentNumber, verificationCode: code, verificationUrl, pages, issuedAt, sha256, pdfBase64 };
  }

  async function issueOnce(order: DocumentOrder): Promise<Result<IssuedDocument>> {
    const { terminalId, operationId, depositorId, kind, asked, shown } = order;
    const now = clock.now();
    // What cannot be said takes no number.
    const said = order.content(now);
    if (!said.ok) return said;
    const fingerprint = vault.hash('document order', JSON.stringify([kind, depositorId, asked, shown]));
    const date = shanghaiDate(now);
    const record = await store.reserve(
      { terminalId, operationId, kind, depositorId, fingerprint, centreId: centre.id, date, at: now },
      (sequence) => makeDocumentNumber({ centre: centre.id, date, terminal: terminalId, sequence }),
    );
    const former = order.askedBefore && vault.hash(order.askedBefore.context, order.askedBefore.text);
    if (record.fingerprint !== fingerprint && record.fingerprint !== former) return fail('E5218');
    if (record.state === 'issuing') {
      const made = await make(order, record);
      if (!made.ok) return made;
    }
    return ok(await issued(record.documentNumber));
  }

  const reprintOnce: DocumentOffice['reprint'] = async ({ documentNumber, depositorId, terminalId, operationId }) => {
    const record = await store.find(documentNumber);
    if (!record || record.depositorId !== depositorId || !isDocumentKind(record.kind)) return fail('E5211');
    const { kind, verificationCode: code, verificationUrl } = record;
    if (!code || !verificationUrl || isPast(record, clock.now())) return fail('E5211');
    const kept = await store.source(documentNumber);
    if (!kept) return fail('E5212');
    const place = await store.reserveReprint(documentNumber, terminalId, operationId, clock.now());
    if (!place) return fail('E5211');
    const { reprint, at } = place;
    let archived = place.paper;
    if (!archived) {
      const { content, shown } = Source.parse(openJson(vault, sourceContext(documentNumber), kept));
      const from = { documentNumber, verificationCode: code, verifyUrl: verificationUrl.split('?')[0]! };
      // Validity runs from the first day, whatever is printed later.
      const frame = { ...paperOf(kind, { issued: from, printedAt: record.issuedAt, terminalId, shown }), reprint };
      const made = await paper(kind, content, frame);
      if (!made.ok) return made;
      const { bytes, pages, sha256 } = made.value;
      archived = { pages, sha256, bytes: vault.seal(archiveContext(documentNumber, reprint), bytes) };
      await store.archiveReprint({ documentNumber, reprint }, archived);
    }
    const bytes = vault.open(archiveContext(documentNumber, reprint), archived.bytes);
    return ok({
      documentNumber,
      verificationCode: code,
      verificationUrl,
      pages: archived.pages,
      issuedAt: record.issuedAt,
      sha256: archived.sha256,
      pdfBase64: bytes.toString('base64'),
      reprint: { number: reprint, at },
    });
  };

  return {
    // One after the other: the second finds in the archive what the first has made.
    issue: (order) => oneByOne(`${order.terminalId} ${order.operationId}`, () => issueOnce(order)),
    reprint: (order) => oneByOne(`${order.terminalId} ${order.operationId}`, () => reprintOnce(order)),
    async preview({ kind, terminalId, shown, content }) {
      const now = clock.now();
      const said = content(now);
      if (!said.ok) return said;
      const rendered = await renderer.render(
        kind,
        said.value,
        paperOf(kind, { issued: null, printedAt: now, terminalId, shown }),
      );
      if (!rendered.ok) return rendered;
      const { pages, bytes } = rendered.value;
      return ok({ pages, pdfBase64: Buffer.from(bytes).toString('base64') });
    },
  };
}

/** What the page that verifies shows, and the two lines of it by which staff know a paper in a list. */
function publicContent(kind: DocumentKindName, content: unknown) {
  const facts = kindOf(kind).facts(kindOf(kind).content.parse(content));
  const value = (...names: readonly string[]) => facts.find(({ en }) => names.includes(en))?.value;
  return { facts, nameMasked: value('Name', 'Borrower'), accountMasked: value('Account', 'Loan', 'Contract') };
}

/** Past its last day, or called back. */
export function isPast({ state, validUntil }: Pick<DocumentRecord, 'state' | 'validUntil'>, now: number): boolean {
  return state !== 'valid' || (validUntil !== null && shanghaiDate(now) > validUntil);
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
