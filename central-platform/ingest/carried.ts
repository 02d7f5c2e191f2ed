import { createPublicKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { blocksOf, checkBundle, headerOf } from '@kiosk/contract/journal/bundle-file.ts';
import type { BundleReceipt } from '@kiosk/contract/journal/bundle.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Store } from '../store/store.ts';
import type { Intake } from './intake.ts';

export interface CarriedParts {
  readonly store: Store;
  readonly intake: Intake;
  readonly clock: Clock;
}

type StreamReceipt = { -readonly [K in keyof BundleReceipt['streams'][number]]: BundleReceipt['streams'][number][K] };

/**
 * Takes a bundle that a person carried here, through the same intake as what comes over the line: what is here already is
 * a duplicate, what is new is stored once, and afterwards the line finds all of it delivered. The file is read twice:
 * first every byte is checked, then it is taken. From where its history differs from the one kept, the rest of that stream
 * is put aside whole. Errors: E6302 no good as a bundle, E3105 no such terminal here or its admission was revoked.
 */
export async function takeBundle(parts: CarriedParts, file: string): Promise<Result<BundleReceipt>> {
  const { store, intake, clock } = parts;
  const told = await headerOf(createReadStream(file));
  if (!told) return fail('E6302', 'not a bundle of a journal, or of a later form');
  const terminal = await store.terminals.get(told.terminalId);
  if (!terminal || terminal.state !== 'admitted') return fail('E3105', `terminal ${told.terminalId}`);
  const checked = await checkBundle(createReadStream(file), createPublicKey(terminal.signingKeyPem));
  if (!checked.ok) return checked;
  const { header, sha256, entries } = checked.value;
  const { terminalId } = header;
  await store.carried.note({ sha256, terminalId, at: clock.now(), entries });

  const receipts = new Map<StreamName, StreamReceipt>();
  for (const { stream } of header.streams) {
    const standing = await intake.standing(terminalId, stream);
    receipts.set(stream, { ...standing, entries: 0, stored: 0, putAside: 0 });
  }
  for await (const { batch } of blocksOf(createReadStream(file))) {
    const { stream } = batch;
    const receipt = receipts.get(stream)!;
    const count = batch.entries.length;
    receipt.entries += count;
    const received = receipt.code === undefined ? await intake.receive(terminal, batch) : undefined;
    if (received?.ok) {
      // Between two questions the line may have brought the same ones: counted by what is new since the last.
      receipt.stored += Math.min(count, Math.max(0, received.value.durableUpTo - receipt.durableUpTo));
      receipt.durableUpTo = received.value.durableUpTo;
      receipt.head = received.value.head;
      continue;
    }
    const code = received?.error.code ?? receipt.code!;
    receipt.code = code;
    receipt.putAside += count;
    await store.carried.putAside({
      sha256,
      terminalId,
      stream,
      fromSeq: batch.entries[0]!.seq,
      toSeq: batch.entries.at(-1)!.seq,
      code,
      at: clock.now(),
      batch: JSON.stringify(batch),
    });
  }
  return ok({ terminalId, sha256, receivedAt: clock.now(), streams: [...receipts.values()] });
}
