import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { DocumentAsk, OwnDocument } from '@kiosk/contract/platform/documents.ts';
import type { PlatformHandlers } from '../gateway/handlers.ts';
import type { Depositor } from '../core/core-system.ts';
import type { Store, Terminal } from '../store/store.ts';
import type { FindAccepted } from '../requests/acceptance.ts';
import { type CentreWords, compose, kindOfAsk } from './compose/compose.ts';
import { personOf } from './compose/person.ts';
import { isPast } from './office.ts';
import type { DocumentRoom } from './room.ts';

type DocumentRoutes =
  'previewDocument' | 'issueDocument' | 'reprintDocument' | 'ownDocuments' | 'cancelCertificate' | 'verifyDocument';

export interface DocumentHandlerParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly documents: DocumentRoom;
  readonly centre: CentreWords;
  readonly accepted: FindAccepted;
  /** Who stands behind an identity token. */
  depositor(terminalId: string, identityToken: string): Promise<Result<Depositor>>;
}

const LISTED = 100;

/** What terminals ask about papers. */
export function documentHandlers(parts: DocumentHandlerParts): Pick<PlatformHandlers, DocumentRoutes> {
  const { clock, store, documents, centre, accepted, depositor } = parts;

  async function orderOf({ terminalId }: Terminal, person: Depositor, ask: DocumentAsk, maskIdNumber: boolean) {
    const frame = {
      terminalId,
      depositorId: person.depositorId,
      kind: kindOfAsk(ask),
      asked: ask,
      shown: maskIdNumber ? ('masked' as const) : ('full' as const),
    };
    if (ask.kind !== 'acceptance') return { ...frame, content: (at: number) => compose(ask, person, centre, at) };
    const said = await accepted(ask.requestNumber, person.idNumber);
    return { ...frame, content: () => (said.ok ? ok({ ...said.value, person: personOf(person) }) : said) };
  }

  async function ownDocument(documentNumber: string): Promise<OwnDocument | undefined> {
    const record = await store.documents.find(documentNumber);
    if (!record || record.state === 'issuing') return undefined;
    const { kind, issuedAt, validUntil, pages, reprints, state } = record;
    const certificate = await documents.certificates.find(documentNumber);
    const told = certificate && {
      state: certificate.state,
      reply: certificate.reply,
      mayCancel: certificate.mayCancel,
    };
    const standing = state === 'cancelled' ? 'cancelled' : isPast(record, clock.now()) ? 'expired' : 'valid';
    return {
      documentNumber,
      kind,
      state: standing,
      issuedAt,
      validUntil,
      pages: pages ?? 1,
      reprints,
      certificate: told ?? null,
    };
  }

  return {
    async previewDocument(terminal, { identityToken, ask, maskIdNumber }) {
      const person = await depositor(terminal.terminalId, identityToken);
      if (!person.ok) return person;
      return documents.office.preview(await orderOf(terminal, person.value, ask, maskIdNumber));
    },
    async issueDocument(terminal, { identityToken, operationId, ask, maskIdNumber }) {
      const person = await depositor(terminal.terminalId, identityToken);
      if (!person.ok) return person;
      const issued = await documents.office.issue({
        ...(await orderOf(terminal, person.value, ask, maskIdNumber)),
        operationId,
      });
      if (issued.ok && ask.kind === 'crossRegionCertificate') {
        const { documentNumber } = issued.value;
        await documents.certificates.opened(documentNumber, person.value.depositorId, terminal.terminalId);
      }
      return issued;
    },
    async reprintDocument({ terminalId }, { identityToken, operationId, documentNumber }) {
      const person = await depositor(terminalId, identityToken);
      if (!person.ok) return person;
      const { depositorId } = person.value;
      return documents.office.reprint({ documentNumber, depositorId, terminalId, operationId });
    },
    async ownDocuments({ terminalId }, { identityToken }) {
      const person = await depositor(terminalId, identityToken);
      if (!person.ok) return person;
      const records = await store.documents.list({ depositorId: person.value.depositorId, limit: LISTED });
      const own = await Promise.all(records.map(({ documentNumber }) => ownDocument(documentNumber)));
      return ok({ documents: own.filter((one) => one !== undefined) });
    },
    async cancelCertificate({ terminalId }, { identityToken, documentNumber, reason }) {
      const person = await depositor(terminalId, identityToken);
      if (!person.ok) return person;
      const { depositorId } = person.value;
      const asked = await documents.certificates.requestCancel({
        documentNumber,
        depositorId,
        reason,
        actor: terminalId,
      });
      return asked.ok ? ok({ state: asked.value.state }) : asked;
    },
    async verifyDocument({ terminalId }, { documentNumber, code }) {
      const { verdict, paper } = await documents.verifier.verify(documentNumber, code, { terminalId });
      return verdict === 'locked' ? fail('E5216') : ok({ verdict, ...(paper ? { paper } : {}) });
    },
  };
}
