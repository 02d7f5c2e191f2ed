import type { StreamName } from '@kiosk/contract/journal/entry.ts';

export const TERMINAL = '003017';
/** The file in the recorded folder in which the workload writes down what it was promised. */
export const PROMISES = 'promises';

/** Something the journal answered ok to: from here on no power cut may take it away. */
export type PromiseMade =
  | { readonly kind: 'entry'; readonly stream: StreamName; readonly seq: number; readonly head: string }
  | { readonly kind: 'request'; readonly operationId: string; readonly requestNumber: string }
  | { readonly kind: 'acknowledged'; readonly stream: StreamName; readonly seq: number };

export const parsePromises = (bytes: Buffer): readonly PromiseMade[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PromiseMade);
