import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import { ReplySlip } from '@kiosk/contract/platform/documents.ts';
import { sameVerificationCode } from '@kiosk/documents/index.ts';
import { parseDocumentNumber } from '@kiosk/domain/document-number.ts';
import { z } from 'zod';
import type { DocumentStore } from '../../store/document-store.ts';
import type { SecurityStore } from '../../store/store.ts';
import type { CertificateOffice, CertificateView } from './office.ts';

/** A centre of another city that may answer our certificates. */
export interface Partner {
  readonly centreId: string;
  readonly name: string;
  /** Ed25519, SPKI PEM. */
  readonly publicKeyPem: string;
}

/** What a lending centre says about a certificate; the bytes it signs are this as JSON text. */
export const CertificateWord = z.object({
  version: z.literal(1),
  documentNumber: z.string().max(40),
  /** Of the paper: whoever answers has it before them. */
  verificationCode: z.string().max(40),
  centreId: z.string().regex(/^\d{8}$/),
  /** UTC ms. */
  at: z.number().int(),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('replied'), reply: ReplySlip.omit({ centreName: true }) }),
    z.object({ type: z.literal('used') }),
    z.object({ type: z.literal('settled') }),
  ]),
});
export type CertificateWord = z.infer<typeof CertificateWord>;

export const SignedWord = z.object({ word: z.string().max(4_000), signatureBase64: z.base64().max(200) });
export type SignedWord = z.infer<typeof SignedWord>;

/** A word older or newer than this is not taken: one that was overheard is of no use later. */
const FRESH_MS = 10 * 60_000;
const PREFIX = 'kiosk-certificate-v1\n';

export const signedText = (word: string): Buffer => Buffer.from(PREFIX + word, 'utf8');

export interface CertificateExchange {
  /**
   * Takes 回执, use and settlement from a registered centre. Errors: E5214 signature, centre, time, or a code that is not the
   * paper's; E5211 no such certificate; E5213 not in its state.
   */
  take(signed: SignedWord): Promise<Result<CertificateView>>;
}

/** Throws when a partner's key is none. */
export function createExchange(parts: {
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly security: SecurityStore;
  readonly certificates: CertificateOffice;
  readonly partners: readonly Partner[];
}): CertificateExchange {
  const { clock, store, security, certificates } = parts;
  const partners = new Map<string, { readonly name: string; readonly key: KeyObject }>(
    parts.partners.map(({ centreId, name, publicKeyPem }) => [centreId, { name, key: createPublicKey(publicKeyPem) }]),
  );

  async function refuse(why: string): Promise<Result<never>> {
    await security.record({ at: clock.now(), code: 'E5214', terminalId: null, detail: why });
    return fail('E5214', why);
  }

  return {
    async take({ word, signatureBase64 }) {
      const parsed = wordOf(word);
      if (!parsed) return fail('E9005', 'word');
      const { centreId, documentNumber, verificationCode, at, event } = parsed;
      const partner = partners.get(centreId);
      if (!partner) return refuse('centre');
      if (!verify(null, signedText(word), partner.key, Buffer.from(signatureBase64, 'base64')))
        return refuse('signature');
      if (Math.abs(clock.now() - at) > FRESH_MS) return refuse('time');
      const number = parseDocumentNumber(documentNumber);
      const record = number.ok ? await store.find(number.value.number) : undefined;
      if (!record?.verificationCode) return fail('E5211');
      if (!sameVerificationCode(verificationCode, record.verificationCode)) return refuse('code');
      // Its name is ours to say: a centre speaks for itself alone.
      const said = event.type === 'replied' ? { ...event, reply: { ...event.reply, centreName: partner.name } } : event;
      return certificates.told(record.documentNumber, said, centreId);
    },
  };
}

function wordOf(text: string): CertificateWord | undefined {
  try {
    return CertificateWord.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
