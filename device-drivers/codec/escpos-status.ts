/**
 * Status of an ESC/POS printer. `DLE EOT n` is answered at once with one byte, whatever waits in the print buffer;
 * `GS r 1` is answered in its turn and so tells that everything before it was printed; with `GS a` on, the printer
 * sends four bytes whenever something changes (automatic status back, ASB). All three share one line.
 */

export const DLE_EOT = {
  printer: Uint8Array.of(0x10, 0x04, 1),
  offlineCause: Uint8Array.of(0x10, 0x04, 2),
  error: Uint8Array.of(0x10, 0x04, 3),
  paper: Uint8Array.of(0x10, 0x04, 4),
} as const;

/** GS a 2F: report changes of drawer, online, error, paper and panel. */
export const ASB_ON = Uint8Array.of(0x1d, 0x61, 0x2f);
/** GS r 1: answered when everything before it in the buffer was printed. */
export const PAPER_STATUS_IN_TURN = Uint8Array.of(0x1d, 0x72, 1);
/** DLE DC4 8: throws away, at once, what is still in the buffers, so that a new roll does not bring half an old slip. */
export const CLEAR_BUFFERS = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);

export type SlipPrinterCondition =
  'ready' | 'paperEnd' | 'coverOpen' | 'cutterError' | 'headHot' | 'unrecoverable' | 'offline';

export interface SlipPrinterStatus {
  readonly condition: SlipPrinterCondition;
  readonly paperNearEnd: boolean;
}

/** Error catalogue code of a condition in which nothing can be printed. */
export const CONDITION_CODES = {
  paperEnd: 'E4202',
  coverOpen: 'E4203',
  cutterError: 'E4204',
  headHot: 'E4205',
  unrecoverable: 'E4206',
  // Offline and no cause given: somebody holds the feed button, or the printer waits to be switched off and on.
  offline: 'E4206',
} as const satisfies Record<Exclude<SlipPrinterCondition, 'ready'>, string>;

/** An answer to DLE EOT has bits 0 and 7 off, bits 1 and 4 on; anything else on the line is not one. */
export function isRealtimeStatus(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

/** The four answers to DLE EOT 1 to 4, as one status; undefined when a byte cannot be such an answer. */
export function decodeRealtimeStatus(answers: {
  readonly printer: number;
  readonly offlineCause: number;
  readonly error: number;
  readonly paper: number;
}): SlipPrinterStatus | undefined {
  if (!Object.values(answers).every(isRealtimeStatus)) return undefined;
  const { printer, offlineCause, error, paper } = answers;
  const on = (byte: number, bits: number) => (byte & bits) === bits;
  return {
    paperNearEnd: on(paper, 0x0c),
    condition: worst({
      unrecoverable: on(error, 0x20),
      cutterError: on(error, 0x08),
      coverOpen: on(offlineCause, 0x04),
      // With the cover open the paper bits keep an old value, hence cover before paper.
      paperEnd: on(offlineCause, 0x20) || on(paper, 0x60),
      headHot: on(error, 0x40),
      offline: on(printer, 0x08) || on(offlineCause, 0x40),
    }),
  };
}

/** The four bytes of an ASB report; undefined when their fixed bits are wrong. */
export function decodeAsb(bytes: Uint8Array): SlipPrinterStatus | undefined {
  if (bytes.length !== 4 || !isAsbStart(bytes[0]!) || !bytes.subarray(1).every(isAsbRest)) return undefined;
  return asbStatus(bytes);
}

function asbStatus(report: Uint8Array): SlipPrinterStatus {
  const word = new DataView(report.buffer, report.byteOffset, 4).getUint32(0, true);
  const on = (mask: number) => (word & mask) === mask;
  return {
    paperNearEnd: on(0x00020000),
    condition: worst({
      unrecoverable: on(0x00002000),
      cutterError: on(0x00000800),
      coverOpen: on(0x00000020),
      paperEnd: on(0x00080000),
      headHot: on(0x00004000),
      offline: on(0x00000008),
    }),
  };
}

/** The cause that a person can act on first. */
function worst(causes: Record<Exclude<SlipPrinterCondition, 'ready'>, boolean>): SlipPrinterCondition {
  const order = ['unrecoverable', 'cutterError', 'coverOpen', 'paperEnd', 'headHot', 'offline'] as const;
  return order.find((cause) => causes[cause]) ?? 'ready';
}

const isAsbStart = (byte: number) => (byte & 0x93) === 0x10;
const isAsbRest = (byte: number) => (byte & 0x90) === 0;

export type StatusMessage =
  | { readonly type: 'realtime'; readonly byte: number }
  | { readonly type: 'asb'; readonly status: SlipPrinterStatus }
  /** Answer to GS r 1. */
  | { readonly type: 'paperInTurn'; readonly byte: number }
  | { readonly type: 'garbage'; readonly byte: number };

/**
 * Takes the printer's bytes apart, however the line cuts them. A DLE EOT answer may arrive between the bytes of an ASB
 * report: it is the only byte with both bits 1 and 4 on.
 */
export class StatusReader {
  #asb: number[] = [];

  push(bytes: Uint8Array): StatusMessage[] {
    return [...bytes].flatMap((byte) => this.#take(byte));
  }

  /** Forgets a report that was begun: after a silence nothing belongs together any more. */
  reset(): void {
    this.#asb = [];
  }

  #take(byte: number): StatusMessage[] {
    if (isRealtimeStatus(byte)) return [{ type: 'realtime', byte }];
    if (this.#asb.length > 0 && isAsbRest(byte)) {
      this.#asb.push(byte);
      if (this.#asb.length < 4) return [];
      const status = asbStatus(Uint8Array.from(this.#asb));
      this.#asb = [];
      return [{ type: 'asb', status }];
    }
    if (isAsbStart(byte)) {
      this.#asb = [byte];
      return [];
    }
    this.#asb = [];
    if (isAsbRest(byte)) return [{ type: 'paperInTurn', byte }];
    return [{ type: 'garbage', byte }];
  }
}
