import type { KeyObject } from 'node:crypto';
import type { BundleBlock, BundleHeader } from '@kiosk/contract/journal/bundle.ts';
import { type EntryData, StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { EntryLine, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { bundleBlock, planBundle, sealOf } from '../journal/life/bundle.ts';
import { listEntries } from '../journal/books/listing.ts';
import type { Placed } from '../journal/chain/entries.ts';
import type { Store } from '../journal/file/store.ts';
import { type StreamVerdict, walkChain } from '../journal/chain/verify.ts';

/** The journal as a technician's commands use it: through the agent that runs, or straight from the file when none does. */
export interface JournalAccess {
  verify(): Promise<Result<readonly StreamVerdict[]>>;
  /** Newest first, before `beforeSeq`. */
  list(stream: StreamName, beforeSeq: number | undefined, limit: number): Promise<Result<readonly EntryLine[]>>;
  plan(waitingOnly: boolean): Promise<Result<BundleHeader>>;
  block(stream: StreamName, afterSeq: number, upToSeq: number): Promise<Result<BundleBlock | null>>;
  /** Signs the bundle and journals that it was made. */
  seal(sha256: string, entries: number): Promise<Result<string>>;
}

export function throughAgent(agent: ServiceClient<typeof syncAgent>, technicianToken: string): JournalAccess {
  const pick = async <A, B>(answer: Promise<Result<A>>, part: (value: A) => B): Promise<Result<B>> => {
    const got = await answer;
    return got.ok ? ok(part(got.value)) : got;
  };
  return {
    verify: () => pick(agent.call('verifyJournal', { technicianToken }), ({ streams }) => streams),
    list: (stream, beforeSeq, limit) =>
      pick(
        agent.call('listEntries', {
          technicianToken,
          stream,
          limit,
          ...(beforeSeq === undefined ? {} : { beforeSeq }),
        }),
        ({ entries }) => entries,
      ),
    plan: (waitingOnly) => agent.call('planExport', { technicianToken, waitingOnly }),
    block: (stream, afterSeq, upToSeq) =>
      pick(agent.call('exportBlock', { technicianToken, stream, afterSeq, upToSeq }), ({ block }) => block),
    seal: (sha256, entries) =>
      pick(agent.call('sealBundle', { technicianToken, sha256, entries }), ({ signatureBase64 }) => signatureBase64),
  };
}

export interface StraightParts {
  readonly store: Store;
  readonly terminalId: string;
  readonly technician: string;
  readonly now: () => number;
  /** Read when something is to be signed: looking needs no key. */
  readonly signingKey: () => Result<KeyObject>;
  readonly record: (data: EntryData) => Result<Placed>;
}

export function straight({ store, terminalId, technician, now, signingKey, record }: StraightParts): JournalAccess {
  return {
    async verify() {
      return store.read(() =>
        StreamName.options.map((stream) => {
          const steps = walkChain(store, terminalId, stream);
          for (;;) {
            const step = steps.next();
            if (step.done) return step.value;
          }
        }),
      );
    },
    list: async (stream, beforeSeq, limit) => store.read(() => listEntries(store, stream, beforeSeq, limit)),
    plan: async (waitingOnly) => store.read(() => planBundle(store, terminalId, now(), waitingOnly)),
    async block(stream, afterSeq, upToSeq) {
      const key = signingKey();
      if (!key.ok) return key;
      return store.read(() => bundleBlock(store, terminalId, key.value, { stream, afterSeq, upToSeq }));
    },
    async seal(sha256, entries) {
      const key = signingKey();
      if (!key.ok) return fail(key.error.code, key.error.detail);
      const told = record({ type: 'journal.exported', technician, entries, sha256 });
      return told.ok ? ok(sealOf(terminalId, key.value, sha256, entries)) : told;
    },
  };
}
