import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import { guarded } from '../core/guard.ts';
import type { AuditStore } from '../store/audit-store.ts';
import { faultSwitch, type FaultSwitch } from '../core/fault-switch.ts';

/** 联系函: this centre asks another one to send what a person saved there. */
export interface TransferLetter {
  /** Of the request: unique for ever, so that the letter is sent once. */
  readonly letterNumber: string;
  readonly centre: { readonly id?: string | undefined; readonly name: string };
  readonly name: string;
  readonly idNumber: string;
  readonly oldAccountNumber: string | null;
  /** Where the money is to go. */
  readonly accountNumber: string;
}

export const TransferStep = z.enum(['letterSent', 'letterReceived', 'moneySent', 'arrived', 'refused']);
export type TransferStep = z.infer<typeof TransferStep>;

/** Centres of other cities. The same letter again is the same letter. */
export interface OtherCentres {
  send(letter: TransferLetter): Promise<Result<void>>;
  progress(asked: { readonly letterNumber: string; readonly sentAt: number }): Promise<Result<TransferStep>>;
}

const DEADLINE_MS = 4_000;
const CODES = { unreachable: 'E3401', slow: 'E3401', senseless: 'E3402' };

/** What goes out and comes back is in the audit log, by the letter and without anything of the person. */
export function guardCentres(
  centres: OtherCentres,
  { clock, audit }: { readonly clock: Clock; readonly audit: Pick<AuditStore, 'append'> },
): OtherCentres {
  const patience = { clock, deadlineMs: DEADLINE_MS };
  return {
    async send(letter) {
      const sent = await guarded(
        () => centres.send(letter),
        () => true,
        CODES,
        patience,
      );
      await audit.append({
        ...{ at: clock.now(), actor: 'system', action: 'transfer.letter', subject: letter.letterNumber },
        detail: { outcome: sent.ok ? 'sent' : sent.error.code },
      });
      return sent;
    },
    progress: (asked) =>
      guarded(
        () => centres.progress(asked),
        (step) => TransferStep.safeParse(step).success,
        CODES,
        patience,
      ),
  };
}

const HOUR_MS = 3_600_000;

/** A centre that does not exist: it has the letter within the hour, sends the money on the second day, and it is here on the third. */
export function syntheticCentres(clock: Clock): OtherCentres & { readonly faults: FaultSwitch } {
  const faults = faultSwitch(clock);
  return {
    faults,
    send: () =>
      faults.run(
        async () => ok(),
        () => 'OK',
      ),
    progress: ({ sentAt }) =>
      faults.run(
        async (): Promise<Result<TransferStep>> => {
          const hours = (clock.now() - sentAt) / HOUR_MS;
          if (hours < 1) return ok('letterSent');
          if (hours < 24) return ok('letterReceived');
          return ok(hours < 48 ? 'moneySent' : 'arrived');
        },
        () => ok('???'),
      ),
  };
}
