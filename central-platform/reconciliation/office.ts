import { createPublicKey } from 'node:crypto';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { verifyStatement } from '@kiosk/contract/journal/signing.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformAnswer, PlatformRequest } from '@kiosk/contract/platform/api.ts';
import {
  type Comparison,
  type DayClose,
  type Difference,
  type HeadAt,
  closeText,
  headsText,
} from '@kiosk/contract/platform/reconciliation.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { DifferenceCase, Seen } from '../store/reconciliation-store.ts';
import type { Store, Terminal } from '../store/store.ts';
import { counterDifferences, gapsBefore, totalDifferences } from './compare.ts';
import { ledgerTotals } from './ledger.ts';
import { linkOf, ownBreak } from './own-chain.ts';

const MOST_OPEN = 100;

export interface ReconciliationOffice {
  heads(terminal: Terminal, report: PlatformRequest<'reportHeads'>): Promise<Result<Comparison>>;
  close(terminal: Terminal, request: PlatformRequest<'closeDay'>): Promise<Result<Comparison>>;
  linkAt(terminalId: string, stream: StreamName, seq: number): Promise<PlatformAnswer<'linkAt'>>;
  /**
   * Walks every key of a terminal, also of days that were compared long ago: an altered row that nothing else touches shows
   * only here. Where its own keys break the platform vouches for nothing behind, and the next report of heads differs.
   */
  walk(terminalId: string): Promise<readonly { readonly stream: StreamName; readonly brokenAt: number | null }[]>;
  parted(terminalId: string, found: PlatformRequest<'reportFirstDifference'>): Promise<Result<Comparison>>;
}

export interface ReconciliationParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Everything acknowledged has reached the register. */
  readonly projected: () => Promise<void>;
}

type SeenHere = Pick<Seen, 'kind' | 'subject' | 'seq' | 'terminalValue' | 'platformValue'>;

/**
 * Compares what terminals report with what the platform keeps, at the very positions they name and never at its newest. A
 * difference becomes a case; nothing here changes an entry, a total or a case's state.
 */
export function createReconciliation({ store, clock, projected }: ReconciliationParts): ReconciliationOffice {
  const { journal, reconciliation } = store;

  /** The link at a sequence, as far as the platform's own keys follow from one another. */
  async function soundLink(terminalId: string, stream: StreamName, seq: number): Promise<string | null> {
    const broken = await stillBroken(terminalId, stream);
    if (broken !== undefined && seq >= broken) return null;
    return (await linkOf(journal, terminalId, stream, seq)) ?? null;
  }

  /** A row that was put right again is believed again; its case stays. */
  async function stillBroken(terminalId: string, stream: StreamName): Promise<number | undefined> {
    const known = await reconciliation.brokenAt(terminalId, stream);
    if (known === undefined) return undefined;
    const still = await ownBreak(journal, terminalId, stream, known, known);
    if (still === undefined) await reconciliation.setBroken(terminalId, stream, undefined);
    return still;
  }

  async function headDifferences(terminalId: string, heads: readonly HeadAt[]): Promise<SeenHere[]> {
    const found: SeenHere[] = [];
    for (const { stream, seq, head } of heads) {
      const own = await soundLink(terminalId, stream, seq);
      if (own === head) continue;
      found.push({ kind: 'heads', subject: stream, seq, terminalValue: head, platformValue: own ?? '-' });
    }
    return found;
  }

  async function walkStretch(
    terminalId: string,
    { stream, from, to }: { readonly stream: StreamName; readonly from: number; readonly to: number },
  ): Promise<number | undefined> {
    const broken = await ownBreak(journal, terminalId, stream, from, to);
    const known = await reconciliation.brokenAt(terminalId, stream);
    if (broken !== undefined && (known === undefined || broken < known)) {
      await reconciliation.setBroken(terminalId, stream, broken);
    }
    return broken;
  }

  async function answer(terminalId: string, cases: readonly DifferenceCase[]): Promise<Comparison> {
    const known = await reconciliation.cases(terminalId, MOST_OPEN);
    return {
      equal: cases.length === 0,
      differences: cases.map(differenceOf),
      open: known.filter(({ state }) => state === 'open').map(differenceOf),
    };
  }

  async function open(
    terminalId: string,
    number: number | null,
    day: string,
    seen: readonly SeenHere[],
  ): Promise<readonly DifferenceCase[]> {
    const cases: DifferenceCase[] = [];
    for (const one of seen) {
      const at = clock.now();
      const found = await reconciliation.see({ ...one, terminalId, number, day, at, newId: newId(at) });
      if (found.reports === 1) await alarm(found);
      cases.push(found);
    }
    return cases;
  }

  async function alarm({ terminalId, kind, subject, caseId }: DifferenceCase): Promise<void> {
    await store.security.record({ at: clock.now(), code: 'E6501', terminalId, detail: `${kind} ${subject} ${caseId}` });
  }

  async function forged(terminalId: string, what: string): Promise<Result<never>> {
    await store.security.record({ at: clock.now(), code: 'E6204', terminalId, detail: `${what}: signature` });
    return fail('E6204', `signature is not this terminal's over the ${what}`);
  }

  return {
    async heads({ terminalId, signingKeyPem }, { at, heads, signatureBase64 }) {
      const signature = signedBy(signingKeyPem, headsText(terminalId, at, heads), signatureBase64);
      if (!signature) return forged(terminalId, 'heads');
      const day = shanghaiDate(clock.now());
      const seen = await headDifferences(terminalId, heads);
      const cases = await open(terminalId, null, day, seen);
      await reconciliation.addHeads({ terminalId, day, at, heads, signature, equal: cases.length === 0 });
      return ok(await answer(terminalId, cases));
    },

    async close({ terminalId, signingKeyPem }, { close, signatureBase64 }) {
      const statement = closeText(terminalId, close);
      const signature = signedBy(signingKeyPem, statement, signatureBase64);
      if (!signature) return forged(terminalId, 'close');
      const { number, day } = close;
      const added = await reconciliation.addClose({
        ...{ terminalId, close, statement, signature, receivedAt: clock.now() },
      });
      const kept = added ? undefined : await reconciliation.close(terminalId, number);
      if (kept && kept.statement !== statement) {
        await store.security.record({ at: clock.now(), code: 'E6201', terminalId, detail: `another close ${number}` });
        return fail('E6201', `another close has number ${number}`);
      }
      for (const window of close.windows) await walkStretch(terminalId, window);
      const seen = await headDifferences(
        terminalId,
        close.windows.map(({ stream, to, head }) => ({ stream, seq: to, head })),
      );
      // What is not here at all cannot be added up; the missing entries are the difference.
      if (await everythingIsHere(terminalId, close)) {
        await projected();
        const ledger = await ledgerTotals(reconciliation, terminalId, close);
        const before = (await reconciliation.close(terminalId, number - 1))?.close;
        seen.push(...gapsBefore(close, before), ...totalDifferences(close, ledger));
        seen.push(...counterDifferences(close, before, ledger));
      }
      const cases = await open(terminalId, number, day, seen);
      await reconciliation.compared(terminalId, number, cases.length === 0);
      return ok(await answer(terminalId, cases));
    },

    linkAt: async (terminalId, stream, seq) => ({ link: await soundLink(terminalId, stream, seq) }),

    async walk(terminalId) {
      const found: { stream: StreamName; brokenAt: number | null }[] = [];
      for (const { stream, durableUpTo } of await journal.standings(terminalId)) {
        const broken = await walkStretch(terminalId, { stream, from: 1, to: durableUpTo });
        found.push({ stream, brokenAt: broken ?? null });
      }
      return found;
    },

    async parted(terminalId, { stream, firstSeq, own }) {
      const at = clock.now();
      const kept = await soundLink(terminalId, stream, firstSeq);
      if (kept === own) return ok(await answer(terminalId, []));
      const found = await reconciliation.locate({
        ...{ terminalId, kind: 'heads', subject: stream, number: null, day: shanghaiDate(at), seq: firstSeq, firstSeq },
        ...{ terminalValue: own, platformValue: kept ?? '-', at, newId: newId(at) },
      });
      return ok(await answer(terminalId, [found]));
    },
  };

  async function everythingIsHere(terminalId: string, { windows }: DayClose): Promise<boolean> {
    const standings = await Promise.all(windows.map(({ stream }) => journal.standing(terminalId, stream)));
    return windows.every(({ to }, i) => standings[i]!.durableUpTo >= to);
  }
}

function signedBy(pem: string, text: string, signatureBase64: string): Uint8Array | undefined {
  const signature = Buffer.from(signatureBase64, 'base64');
  return verifyStatement(createPublicKey(pem), Buffer.from(text), signature) ? signature : undefined;
}

function differenceOf(found: DifferenceCase): Difference {
  const { caseId, kind, subject, terminalValue, platformValue, seq, firstSeq, day, openedAt } = found;
  return { caseId, kind, subject, terminalValue, platformValue, seq, firstSeq, day, openedAt };
}
