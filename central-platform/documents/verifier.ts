import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { VerifiedPaper } from '@kiosk/contract/platform/documents.ts';
import { DOCUMENT_KINDS, isDocumentKind, type PublicFact, sameVerificationCode } from '@kiosk/documents/index.ts';
import { parseDocumentNumber } from '@kiosk/domain/document-number.ts';
import { z } from 'zod';
import type { DocumentRecord, DocumentStore } from '../store/document-store.ts';
import type { GuardRule, GuardStore } from '../store/guard-store.ts';
import type { SecurityStore } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { isPast } from './office.ts';
import { formerFacts } from './former-content.ts';

export interface Verifier {
  /** `from`: whose tries are counted together: an address, or a terminal, where many people try. */
  verify(
    number: string,
    code: string,
    from: { readonly address: string } | { readonly terminalId: string },
  ): Promise<VerifiedPaper & { readonly lockedForSeconds?: number }>;
}

const MINUTE = 60_000;
/** A person who reads a code from paper errs once or twice. */
const ADDRESS: GuardRule = { most: 10, windowMs: 15 * MINUTE, lockMs: 15 * MINUTE };
const TERMINAL: GuardRule = { most: 40, windowMs: 15 * MINUTE, lockMs: 15 * MINUTE };
/**
 * Wrong codes for one number raise an alarm and lock nothing: the number stands on the paper for everyone to see, and whoever saw
 * it must not be able to make a genuine paper look locked. Guessing 80 bits is hopeless at any rate that the address allows.
 */
const NUMBER: GuardRule = { most: 20, windowMs: 60 * MINUTE, lockMs: 60 * MINUTE };

const Facts = z.object({ facts: z.array(z.custom<PublicFact>()) });

export function createVerifier(parts: {
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly guard: GuardStore;
  readonly security: SecurityStore;
  readonly vault: Vault;
}): Verifier {
  const { clock, store, guard, security, vault } = parts;
  return {
    async verify(number, code, from) {
      const [who, rule] = 'address' in from ? [from.address, ADDRESS] : [from.terminalId, TERMINAL];
      const key = vault.hash('verification tries', who);
      const now = clock.now();
      const standing = await guard.look(key, now);
      if (standing && standing.tries > rule.most) return locked(standing.endsAt - now);
      const parsed = parseDocumentNumber(number);
      const record = parsed.ok ? await store.find(parsed.value.number) : undefined;
      // Wrong number and wrong code look the same: guessing one tells nothing about the other.
      if (!record?.verificationCode || !sameVerificationCode(code, record.verificationCode)) {
        if (record) await noteWrong(record.documentNumber, now);
        const { tries, endsAt } = await guard.count(key, rule, now);
        return tries > rule.most ? locked(endsAt - now) : { verdict: 'unknown' };
      }
      return { verdict: verdictOf(record, now), paper: paperOf(record) };
    },
  };

  async function noteWrong(documentNumber: string, at: number): Promise<void> {
    const { tries } = await guard.count(vault.hash('verification tries', `number ${documentNumber}`), NUMBER, at);
    if (tries !== NUMBER.most + 1) return;
    await security.record({ at, code: 'E5215', terminalId: null, detail: documentNumber });
  }
}

const locked = (ms: number) => ({ verdict: 'locked' as const, lockedForSeconds: Math.ceil(ms / 1000) });

function verdictOf(record: DocumentRecord, now: number): 'valid' | 'expired' | 'cancelled' {
  if (record.state === 'cancelled') return 'cancelled';
  return isPast(record, now) ? 'expired' : 'valid';
}

function paperOf(record: DocumentRecord): NonNullable<VerifiedPaper['paper']> {
  const { documentNumber, kind, issuedAt, validUntil, pages, prints, reprints, sealedBy, publicContent } = record;
  const { title, english } = isDocumentKind(kind) ? DOCUMENT_KINDS[kind] : { title: kind, english: kind };
  const parsed = Facts.safeParse(publicContent);
  return {
    documentNumber,
    kind,
    title: { zh: title, en: english },
    issuedAt,
    validUntil,
    pages: pages ?? 1,
    prints,
    reprints,
    sealed: sealedBy !== null,
    facts: [...(parsed.success ? parsed.data.facts : formerFacts(publicContent))],
  };
}
