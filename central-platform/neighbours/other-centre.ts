import { createHash } from 'node:crypto';
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

/** How far the other centre is; `amountFen`: what it sent, when it has. */
export const TransferProgress = z.object({ step: TransferStep, amountFen: z.number().int().positive().nullable() });
export type TransferProgress = z.infer<typeof TransferProgress>;

/** Centres of other cities. The same letter again is the same letter. */
export interface OtherCentres {
  send(letter: TransferLetter): Promise<Result<void>>;
  progress(asked: { readonly letterNumber: string; readonly sentAt: number }): Promise<Result<TransferProgress>>;
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
        (told) => TransferProgress.safeParse(told).success,
        CODES,
        patience,
      ),
  };
}

const HOUR_MS = 3_600_000;

/** What was saved with a centre that does not exist: the same for the same letter, 8,000 to 68,000 yuan. */
const savedFen = (letterNumber: string): number =>
  8_000_00 + (createHash('sha256').update(letterNumber).digest().readUInt32BE() % 60_000_00);

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
    progress: ({ letterNumber, sentAt }) =>
      faults.run(
        async (): Promise<Result<TransferProgress>> => {
          const hours = (clock.now() - sentAt) / HOUR_MS;
          if (hours < 24) return ok({ step: hours < 1 ? 'letterSent' : 'letterReceived', amountFen: null });
          return ok({ step: hours < 48 ? 'moneySent' : 'arrived', amountFen: savedFen(letterNumber) });
        },
        () => ok('???'),
      ),
  };
}
