import { readFileSync } from 'node:fs';
import type { PlatformConfig } from '../config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Log } from '../log.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { type DocumentKindName, kindOf } from '@kiosk/documents/kinds/kinds.ts';
import type { Notices } from '../channels/notices/notices.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { type ArchiveWatch, createArchiveWatch } from './archive-watch.ts';
import { type CertificateOffice, createCertificateOffice } from './certificates/office.ts';
import { type ArchiveReport, walkArchive } from './integrity.ts';
import { type CertificateExchange, createExchange } from './certificates/exchange.ts';
import { createDocumentOffice, type DocumentOffice } from './office.ts';
import { workerRenderer } from './renderer.ts';
import { demonstrationSeal } from './seal/demonstration.ts';
import { processSeal } from './seal/process-seal.ts';
import type { SealProvider } from './seal/provider.ts';
import { USUAL_VALIDITY } from './validity.ts';
import { createVerifier, type Verifier } from './verifier.ts';

/** Everything about papers, as the other rooms use it. */
export interface DocumentRoom {
  readonly office: DocumentOffice;
  readonly certificates: CertificateOffice;
  /** Its holder is told, whoever cancelled it and wherever. Again is once. */
  cancelled(documentNumber: string): Promise<void>;
  readonly verifier: Verifier;
  /** What centres of other cities say about our certificates. */
  readonly exchange: CertificateExchange;
  /** Holds every paper of the archive against the register. Reads all of it: minutes for a year of a city. */
  walkArchive(): Promise<ArchiveReport>;
  /** The same once a day, and what it found last. */
  readonly archive: ArchiveWatch;
  close(): Promise<void>;
}

/** What somebody else relies on. A statement or a sheet is for the person alone. */
const CERTIFICATES: ReadonlySet<DocumentKindName> = new Set([
  'depositCertificate',
  'crossRegionCertificate',
  'loanSettlement',
]);

export function createDocumentRoom(parts: {
  readonly config: PlatformConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly vault: Vault;
  readonly fontsDir: string;
  /** A person hears of every certificate that was issued in their name. */
  readonly notices: Pick<Notices, 'tell'>;
  /** Another provider than the configuration names; for tests and cities. */
  readonly seal?: SealProvider | undefined;
  verifyUrl(): string;
}): DocumentRoom {
  const { config, clock, log, store, vault, fontsDir, verifyUrl } = parts;
  const { seal: files, validMonths } = config.documents;
  const seal = parts.seal ?? (files ? processSeal(files, log) : demonstrationSeal);
  const renderer = workerRenderer({ fontsDir, proofKeyFile: files?.proofKeyFile }, log);
  const plain = createDocumentOffice({
    clock,
    store: store.documents,
    vault,
    renderer,
    seal,
    centre: config.centre,
    validity: { ...USUAL_VALIDITY, ...validMonths },
    verifyUrl,
  });
  const office: DocumentOffice = {
    ...plain,
    async issue(order) {
      const issued = await plain.issue(order);
      if (issued.ok && CERTIFICATES.has(order.kind)) {
        const { title, english } = kindOf(order.kind);
        const { documentNumber } = issued.value;
        const facts = { date: shanghaiDate(clock.now()), documentNumber, what: { zh: title, en: english } };
        const { depositorId } = order;
        await parts.notices.tell({ kind: 'certificate.issued', reference: documentNumber, depositorId, facts });
      }
      return issued;
    },
  };
  async function cancelled(documentNumber: string): Promise<void> {
    const record = await store.documents.find(documentNumber);
    if (!record) return;
    const facts = { date: shanghaiDate(clock.now()), documentNumber };
    const { depositorId } = record;
    await parts.notices.tell({ kind: 'certificate.cancelled', reference: documentNumber, depositorId, facts });
  }
  const lives = createCertificateOffice({ clock, store: store.documents });
  const certificates: CertificateOffice = {
    ...lives,
    async reviewCancel(review) {
      const reviewed = await lives.reviewCancel(review);
      if (reviewed.ok && review.approved) await cancelled(review.documentNumber);
      return reviewed;
    },
  };
  const partners = config.documents.partners.map(({ publicKeyFile, ...partner }) => ({
    ...partner,
    publicKeyPem: readFileSync(publicKeyFile, 'utf8'),
  }));
  const archive = createArchiveWatch({ clock, log, store, walk: () => walkArchive(store.documents, vault) });
  archive.begin();
  return {
    office,
    archive,
    certificates,
    cancelled,
    exchange: createExchange({ clock, store: store.documents, security: store.security, certificates, partners }),
    verifier: createVerifier({ clock, store: store.documents, guard: store.guard, security: store.security, vault }),
    walkArchive: () => walkArchive(store.documents, vault),
    async close() {
      await archive.close();
      await renderer.close();
      await seal.close();
    },
  };
}
