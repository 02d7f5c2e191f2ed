import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CertificateState, ReplySlip } from '@kiosk/contract/platform/documents.ts';
import type { CertificateRecord, CertificateStep, CertificateStore } from '../../store/certificate-store.ts';
import type { DocumentStore } from '../../store/document-store.ts';
import { type CancelReason, type Certificate, type CertificateEvent, mayCancel, next, stateTold } from './life.ts';

export interface CertificateView {
  readonly documentNumber: string;
  readonly state: CertificateState;
  readonly reply: ReplySlip | null;
  readonly mayCancel: boolean;
}

export interface CancelRequest {
  readonly documentNumber: string;
  readonly requestedAt: number;
  readonly reason: CancelReason;
  /** The terminal or channel that handed it in. */
  readonly actor: string;
}

/** What happens to a certificate for another city's centre after it was issued. Every step is kept with who took it. */
export interface CertificateOffice {
  /** Called once it is issued; a repeat changes nothing. */
  opened(documentNumber: string, depositorId: string, actor: string): Promise<void>;
  find(documentNumber: string): Promise<CertificateView | undefined>;
  history(documentNumber: string): Promise<readonly CertificateStep[]>;
  /** By its holder. Errors: E5211 not a certificate of this person, E5213 its state. */
  requestCancel(ask: {
    readonly documentNumber: string;
    readonly depositorId: string;
    readonly reason: CancelReason;
    readonly actor: string;
  }): Promise<Result<CertificateView>>;
  /** Waiting for staff, oldest first. */
  cancelRequests(): Promise<readonly CancelRequest[]>;
  /** By staff. Approved: the document is cancelled in the register as well. Errors: E5211, E5213. */
  reviewCancel(review: {
    readonly documentNumber: string;
    readonly approved: boolean;
    readonly by: string;
  }): Promise<Result<CertificateView>>;
  /** From the lending centre, told apart by exchange.ts: 回执, paid out, paid off. Errors: E5211, E5213. */
  told(
    documentNumber: string,
    event: Extract<CertificateEvent, { type: 'replied' | 'used' | 'settled' }>,
    centreId: string,
  ): Promise<Result<CertificateView>>;
}

/** Two at once: the slower one looks again where it stands now. */
const TRIES = 5;

export function createCertificateOffice(parts: {
  readonly clock: Clock;
  readonly store: DocumentStore;
}): CertificateOffice {
  const { clock, store } = parts;
  const certificates: CertificateStore = store.certificates;

  async function step(
    documentNumber: string,
    event: CertificateEvent,
    actor: string,
    mayTouch: (record: CertificateRecord) => boolean = () => true,
  ): Promise<Result<CertificateView>> {
    for (let tries = 0; tries < TRIES; tries++) {
      const record = await certificates.find(documentNumber);
      if (!record || !mayTouch(record)) return fail('E5211');
      const now = record.content as Certificate;
      // The same word of the same centre again is heard, not refused: its line may have been cut.
      if (isRepeat(now, event)) return ok(viewOf(record.documentNumber, now));
      const then = next(now, event);
      if (!then.ok) return then;
      const { type, ...content } = event;
      const taken = { at: clock.now(), actor, type, content };
      if (await certificates.step(record, { state: then.value.state, content: then.value }, taken)) {
        return ok(viewOf(documentNumber, then.value));
      }
    }
    throw new Error('a certificate found no rest: others were always faster');
  }

  return {
    async opened(documentNumber, depositorId, actor) {
      const at = clock.now();
      const content: Certificate = { state: 'issued', reply: null };
      const steps = (['applied', 'issued'] as const).map((type) => ({ documentNumber, at, actor, type, content: {} }));
      await certificates.open({ documentNumber, depositorId, state: content.state, content, at }, steps);
    },
    async find(documentNumber) {
      const record = await certificates.find(documentNumber);
      return record && viewOf(documentNumber, record.content as Certificate);
    },
    history: (documentNumber) => certificates.steps(documentNumber),
    requestCancel: ({ documentNumber, depositorId, reason, actor }) =>
      step(documentNumber, { type: 'cancelRequested', reason }, actor, (record) => record.depositorId === depositorId),
    async cancelRequests() {
      const waiting = await certificates.inState('cancelRequested', 500);
      return Promise.all(
        waiting.map(async ({ documentNumber, content, at }) => {
          const last = (await certificates.steps(documentNumber)).at(-1);
          const { reason } = content as Extract<Certificate, { state: 'cancelRequested' }>;
          return { documentNumber, requestedAt: at, reason, actor: last?.actor ?? '' };
        }),
      );
    },
    async reviewCancel({ documentNumber, approved, by }) {
      const reviewed = await step(documentNumber, { type: 'cancelReviewed', approved }, by);
      // The paper after its state: cut off between, the register is set right by whoever asks again.
      if (reviewed.ok && approved) await store.setState(documentNumber, 'cancelled', clock.now(), 'holder');
      return reviewed;
    },
    told: (documentNumber, event, centreId) => step(documentNumber, event, centreId),
  };
}

function isRepeat(now: Certificate, event: CertificateEvent): boolean {
  if (event.type === 'cancelReviewed') return event.approved && now.state === 'cancelled';
  if (event.type === 'cancelRequested') return now.state === 'cancelRequested' && now.reason === event.reason;
  return (event.type === 'used' || event.type === 'settled') && now.state === event.type;
}

function viewOf(documentNumber: string, now: Certificate): CertificateView {
  const state = stateTold(now);
  if (state === undefined || !('reply' in now))
    throw new Error(`certificate ${documentNumber} is open before its issue`);
  return { documentNumber, state, reply: now.reply, mayCancel: mayCancel(now) };
}
