import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CertificateState, ReplySlip } from '@kiosk/contract/platform/documents.ts';

export type CancelReason = 'notNeeded' | 'otherCity' | 'wrongData';

/** A certificate for another city's centre is an object with a state, not only a paper. */
export type Certificate =
  /** Asked for; nothing is vouched for yet. */
  | { readonly state: 'applied' }
  | { readonly state: 'previewed' }
  | {
      readonly state: 'issued' | 'granted' | 'refused' | 'used' | 'settled' | 'cancelled';
      readonly reply: ReplySlip | null;
    }
  | {
      readonly state: 'cancelRequested';
      readonly reply: ReplySlip | null;
      readonly reason: CancelReason;
      /** Where it stands again should staff say no. */
      readonly before: 'issued' | 'granted' | 'refused';
    };

export type CertificateEvent =
  | { readonly type: 'applied' }
  | { readonly type: 'previewed' }
  | { readonly type: 'issued' }
  /** 回执: the lending centre has decided. It may correct itself until money has moved. */
  | { readonly type: 'replied'; readonly reply: ReplySlip }
  /** The loan was paid out on it. */
  | { readonly type: 'used' }
  | { readonly type: 'cancelRequested'; readonly reason: CancelReason }
  | { readonly type: 'cancelReviewed'; readonly approved: boolean }
  /** The loan made on it is paid off. */
  | { readonly type: 'settled' };

/** Whether the depositor may ask for it to be called back: not once a loan was paid out on it. */
export const mayCancel = ({ state }: { readonly state: string }): boolean =>
  state === 'issued' || state === 'granted' || state === 'refused';

/** The next state, or E5213: this cannot happen to a certificate that stands there. */
export function next(now: Certificate | undefined, event: CertificateEvent): Result<Certificate> {
  const illegal = () => fail('E5213', `${event.type} in state ${now?.state ?? 'none'}`);
  if (!now) return event.type === 'applied' ? ok({ state: 'applied' }) : illegal();
  switch (event.type) {
    case 'applied':
      return illegal();
    case 'previewed':
      return now.state === 'applied' || now.state === 'previewed' ? ok({ state: 'previewed' }) : illegal();
    case 'issued':
      return now.state === 'applied' || now.state === 'previewed' ? ok({ state: 'issued', reply: null }) : illegal();
    case 'replied': {
      if (now.state !== 'issued' && now.state !== 'granted' && now.state !== 'refused') return illegal();
      const granted = event.reply.self === 'granted' || event.reply.partner === 'granted';
      return ok({ state: granted ? 'granted' : 'refused', reply: event.reply });
    }
    case 'used':
      return now.state === 'granted' ? ok({ state: 'used', reply: now.reply }) : illegal();
    case 'settled':
      return now.state === 'used' ? ok({ state: 'settled', reply: now.reply }) : illegal();
    case 'cancelRequested': {
      const { state } = now;
      if (state !== 'issued' && state !== 'granted' && state !== 'refused') return illegal();
      return ok({ state: 'cancelRequested', reply: now.reply, reason: event.reason, before: state });
    }
    case 'cancelReviewed': {
      if (now.state !== 'cancelRequested') return illegal();
      return ok({ state: event.approved ? 'cancelled' : now.before, reply: now.reply });
    }
  }
}

/** What is told of it outside: from its issue on. */
export const stateTold = ({ state }: Certificate): CertificateState | undefined =>
  state === 'applied' || state === 'previewed' ? undefined : state;
