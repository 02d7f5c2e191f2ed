import { writeSync } from 'node:fs';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Outcome } from '@kiosk/contract/services/common.ts';

export const TERMINAL = '003017';
/** The file of a recorded folder in which the workload writes down what it was promised. */
export const PROMISES = 'promises';

/** Where the workload has the journal copied to. */
export const BACKUP_FOLDER = 'backup';

/** What the workload is about to do. States of a cut from here on are counted under its name. */
export interface Begun {
  readonly kind: 'begin';
  readonly step: string;
  /** Entries that this step may add; more would be something that nobody asked for. */
  readonly entries: number;
}

/** Something that was answered ok, or acted on: from here on no power cut may take it away. */
export type PromiseMade =
  | Begun
  | { readonly kind: 'key'; readonly pseudonym: string }
  | { readonly kind: 'entry'; readonly stream: StreamName; readonly seq: number; readonly head: string }
  | { readonly kind: 'request'; readonly operationId: string; readonly requestNumber: string; readonly seq: number }
  | { readonly kind: 'intended' | 'settled'; readonly operationId: string }
  | { readonly kind: 'acknowledged'; readonly stream: StreamName; readonly seq: number }
  /** Entries up to `seq` are gone, and must not come back. */
  | { readonly kind: 'retired'; readonly stream: StreamName; readonly seq: number }
  /** A release with this schema made the journal: a copy of every schema that was passed must be there. */
  | { readonly kind: 'older'; readonly version: number }
  /** This generation is safe; a newer one may take its place. */
  | { readonly kind: 'backup'; readonly name: string }
  /** A byte of this operation has left for a device. */
  | { readonly kind: 'byte'; readonly operationId: string }
  | { readonly kind: 'completed'; readonly operationId: string; readonly outcome: Outcome; readonly printed: number }
  | { readonly kind: 'refused'; readonly operationId: string }
  | { readonly kind: 'counted'; readonly counter: string; readonly value: number };

/** Promises of one line each; a line that the end of the program cut off was not promised. */
export const parsePromises = (bytes: Buffer): readonly PromiseMade[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as PromiseMade);

export const promiseTo =
  (fd: number) =>
  (made: PromiseMade): void =>
    void writeSync(fd, `${JSON.stringify(made)}\n`);
