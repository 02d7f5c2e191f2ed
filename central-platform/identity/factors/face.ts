import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import { type Factor, accepted } from './factor.ts';
import type { Tries } from './tries.ts';

/** A consent is given right before the comparison, not some other day. */
const CONSENT_MS = 5 * 60_000;
/** Clocks of terminal and centre differ by less, or the heartbeat has said so. */
const CLOCK_MS = 2 * 60_000;
/** How alike two faces have to be, 0 to 1. The vendor's own calibration decides what a city sets here. */
export const FACE_THRESHOLD = 0.8;

/**
 * Face against the picture on the ID card, compared on the terminal. Neither picture nor template comes here: a score does, and
 * the moment of the consent. What is kept is that it was agreed to.
 */
export function faceFactor(parts: {
  readonly clock: Clock;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly tries: Tries;
  readonly threshold?: number;
}): Factor<'face'> {
  const { clock, audit, tries, threshold = FACE_THRESHOLD } = parts;
  return {
    kind: 'face',
    async judge({ score, consentAt }, { terminalId, person }) {
      if (!person) return fail('E1215');
      const now = clock.now();
      const agreed = consentAt <= now + CLOCK_MS && now - consentAt <= CONSENT_MS + CLOCK_MS;
      if (!agreed) return fail('E1210', 'consent');
      const open = await tries.open('face', person.depositorId);
      if (!open.ok) return open;
      const left = await tries.count('face', person.depositorId);
      const alike = score >= threshold;
      await audit.append({
        at: now,
        actor: `terminal ${terminalId}`,
        action: 'identity.face',
        subject: person.depositorId,
        detail: { consentAt, outcome: alike ? 'done' : 'E1210' },
      });
      if (!alike) return ok({ accepted: false, attemptsLeft: left });
      await tries.clear('face', person.depositorId);
      return ok(accepted(person));
    },
  };
}
