import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type BundleHeader, type BundleSeal, bundleName } from '@kiosk/contract/journal/bundle.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { syncFolder } from '../journal/file/durable-file.ts';
import { fileFailure } from '../journal/file/failure.ts';
import type { JournalAccess } from './journal-access.ts';

export interface ExportOptions {
  readonly access: JournalAccess;
  /** Where the stick is mounted; never made: a folder that is missing is a stick that is not in. */
  readonly folder: string;
  readonly waitingOnly: boolean;
  readonly signal: AbortSignal;
  readonly progress: (written: number, all: number) => void;
}

export interface Exported {
  readonly file: string;
  readonly sha256: string;
  readonly entries: number;
  readonly bytes: number;
  readonly streams: BundleHeader['streams'];
}

/**
 * Writes a bundle block by block. It has its name only when every byte is on the stick and has been read back: before
 * that it is a `.part`, and a stick pulled out early never holds a bundle that looks whole. Errors: E6402, E9001
 * interrupted, and those of the journal.
 */
export async function exportBundle(options: ExportOptions): Promise<Result<Exported>> {
  const { access, folder, waitingOnly } = options;
  if (!existsSync(folder)) return fail('E6402', `${folder}: no such folder`);
  const planned = await access.plan(waitingOnly);
  if (!planned.ok) return planned;
  const header = planned.value;
  const file = join(folder, bundleName(header));
  const unfinished = `${file}.part`;
  let fd: number | undefined;
  try {
    rmSync(unfinished, { force: true });
    fd = openSync(unfinished, 'wx', 0o600);
    const written = await write(fd, header, options);
    if (!written.ok) return written;
    fsyncSync(fd);
    closeSync(fd);
    fd = undefined;
    if ((await hashOfFile(unfinished)) !== written.value.fileSha256) {
      return fail('E6402', 'what was read back is not what was written: use another stick');
    }
    renameSync(unfinished, file);
    syncFolder(folder);
    const { sha256, entries } = written.value;
    return ok({ file, sha256, entries, bytes: statSync(file).size, streams: header.streams });
  } catch (error) {
    const failure = fileFailure(error);
    if (!failure) throw error;
    return fail('E6402', failure.detail);
  } finally {
    if (fd !== undefined) closeSync(fd);
    clearAway(unfinished);
  }
}

async function write(
  fd: number,
  header: BundleHeader,
  { access, signal, progress }: ExportOptions,
): Promise<Result<{ sha256: string; fileSha256: string; entries: number }>> {
  const hash = createHash('sha256');
  const line = (value: unknown): void => {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`, 'utf8');
    hash.update(bytes);
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
  };
  line(header);
  const all = header.streams.reduce((sum, { afterSeq, upToSeq }) => sum + upToSeq - afterSeq, 0);
  let entries = 0;
  for (const { stream, afterSeq, upToSeq } of header.streams) {
    for (let seq = afterSeq; seq < upToSeq;) {
      if (signal.aborted) return fail('E9001');
      const block = await access.block(stream, seq, upToSeq);
      if (!block.ok) return block;
      if (!block.value) return fail('E6104', `${stream} ends at ${seq}, ${upToSeq} was promised`);
      line(block.value);
      const { length } = block.value.batch.entries;
      seq += length;
      entries += length;
      progress(entries, all);
    }
  }
  const sha256 = hash.copy().digest('hex');
  const signatureBase64 = await access.seal(sha256, entries);
  if (!signatureBase64.ok) return signatureBase64;
  line({ seal: { sha256, entries, signatureBase64: signatureBase64.value } } satisfies BundleSeal);
  return ok({ sha256, fileSha256: hash.digest('hex'), entries });
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function clearAway(unfinished: string): void {
  try {
    rmSync(unfinished, { force: true });
  } catch {
    // A stick that was pulled out takes it along.
  }
}
