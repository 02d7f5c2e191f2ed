import { createHash } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Depositor } from '../core/core-system.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { Vault } from '../vault.ts';
import type { MyCase } from './contract.ts';
import type { Guard } from './guard.ts';

export const MOST_PAPER_BYTES = 6 * 1024 * 1024;
const MOST_PAPERS = 10;

export const paperContext = (caseNumber: string, sha256: string): string => `paper ${caseNumber} ${sha256}`;

/** Papers that were missing, handed in by phone. What a file is, its first bytes say; names and types that came with it say nothing. */
export interface Papers {
  /** Errors: E2603, E2604, E2605, E2607. */
  take(
    person: Depositor,
    of: MyCase,
    paper: { readonly material: string; readonly bytes: Uint8Array; readonly channel: string },
  ): Promise<Result<{ readonly sha256: string; readonly size: number; readonly receivedAt: number }>>;
  /** As it came; for staff who decide the case, who log that they looked. */
  open(id: number): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined>;
}

export function createPapers(parts: {
  readonly clock: Clock;
  readonly store: ServiceStore;
  readonly vault: Vault;
  readonly guard: Guard;
}): Papers {
  const { clock, store, vault, guard } = parts;
  return {
    async take({ depositorId }, { number, state }, { material, bytes, channel }) {
      if (state !== 'waitingForYou' && state !== 'inProgress' && state !== 'received') return fail('E2605');
      if (bytes.length > MOST_PAPER_BYTES) return fail('E2604');
      const mediaType = mediaTypeOf(bytes);
      if (mediaType === undefined) return fail('E2603');
      const wait = await guard.take('papers by person', depositorId);
      if (wait > 0) return fail('E2607', `${wait} s`);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const at = clock.now();
      const taken = await store.handIn(
        {
          caseNumber: number,
          depositorId,
          channel,
          material,
          mediaType,
          size: bytes.length,
          sha256,
          content: vault.seal(paperContext(number, sha256), bytes),
          at,
        },
        MOST_PAPERS,
      );
      return taken ? ok({ sha256, size: bytes.length, receivedAt: at }) : fail('E2605', 'enough papers');
    },
    async open(id) {
      const paper = await store.paper(id);
      return (
        paper && {
          mediaType: paper.mediaType,
          bytes: vault.open(paperContext(paper.caseNumber, paper.sha256), paper.content),
        }
      );
    },
  };
}

/** JPEG, PNG and PDF by their signatures; undefined: something else. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const begins = (...signature: number[]) => signature.every((byte, i) => bytes[i] === byte);
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  return undefined;
}
