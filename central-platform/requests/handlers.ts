import { fail } from '@kiosk/contract/kernel/result.ts';
import type { PlatformHandlers } from '../gateway/handlers.ts';

export type RequestRoute =
  | 'confirmRequest'
  | 'requestOutcome'
  | 'completeIdentity'
  | 'progress'
  | 'sendContactCode'
  | 'checkContactCode'
  | 'verifyPayoutCard';

/** Requests of a depositor as terminals ask about them. */
export function requestHandlers(): Pick<PlatformHandlers, RequestRoute> {
  const closed = async () => fail('E3301');
  return {
    confirmRequest: closed,
    requestOutcome: closed,
    completeIdentity: closed,
    progress: closed,
    sendContactCode: closed,
    checkContactCode: closed,
    verifyPayoutCard: closed,
  };
}
