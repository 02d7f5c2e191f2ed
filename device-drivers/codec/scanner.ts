/**
 * What a code scanner in serial mode sends: the text of a code and a terminator. The text comes from whoever holds a
 * code before the window, so nothing of it is believed: a code with a control character was made to be typed as a
 * shortcut (BadBarcode), and no code of ours has one. Such a code is refused as a whole, never stripped: what is left of
 * an attack is not a code.
 */
export const CR = 0x0d;
export const LF = 0x0a;
/** Bytes of the longest code that is taken when nothing else is said: a QR code with a signed ticket has a few hundred. */
export const LONGEST_CODE = 1024;

/** What a code may be, by use. A machine names those it expects; everything else is not a code for it. */
export const GRAMMARS = {
  /** Any text without control, formatting or private characters. */
  text: /^[^\p{C}\p{Zl}\p{Zp}]+$/u,
  /** Numbers of documents and queues. */
  digits: /^\d{4,64}$/,
  /** Tickets and document numbers: letters, digits and a few signs, no blanks. */
  token: /^[0-9A-Za-z._:~+/=-]{4,1024}$/,
  /** A web address, as electronic certificates carry it. */
  link: /^https:\/\/[0-9A-Za-z.-]{1,253}(:\d{1,5})?(\/[0-9A-Za-z._~:/?#@!$&'()*+,;=%-]*)?$/,
} as const;
export type Grammar = keyof typeof GRAMMARS;

export type RefusedBecause = 'control' | 'tooLong' | 'encoding' | 'grammar' | 'unfinished';

export type Scanned =
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'refused'; readonly because: RefusedBecause }
  /** What the scanner was expected to answer to a command. */
  | { readonly is: 'answer' };

export interface Rules {
  /** One of them must fit. */
  readonly grammars: readonly Grammar[];
  /** Bytes. */
  readonly longest: number;
}

/** A line that has begun. `tooLong`: its bytes are thrown away until it ends. */
export interface Pending {
  readonly bytes: Uint8Array;
  readonly tooLong: boolean;
}

export const NOTHING_PENDING: Pending = { bytes: new Uint8Array(0), tooLong: false };

export interface Decoded {
  readonly pending: Pending;
  readonly found: readonly Scanned[];
}

/**
 * Takes the next chunk, cut anywhere. CR, LF and CR LF all end a line; an empty line is nothing. `answer`: bytes that the
 * scanner answers a command with, without a terminator; they are taken out where a line begins. A repeated command has
 * two answers, so they are taken out whenever they come.
 */
export function decode(pending: Pending, chunk: Uint8Array, rules: Rules, answer?: Uint8Array): Decoded {
  const found: Scanned[] = [];
  let line: number[] = [...pending.bytes];
  let { tooLong } = pending;
  for (const byte of chunk) {
    if (byte === CR || byte === LF) {
      if (tooLong) found.push({ is: 'refused', because: 'tooLong' });
      else if (line.length > 0) found.push(judge(Uint8Array.from(line), rules));
      line = [];
      tooLong = false;
      continue;
    }
    if (tooLong) continue;
    line.push(byte);
    if (answer && line.length === answer.length && answer.every((value, i) => line[i] === value)) {
      found.push({ is: 'answer' });
      line = [];
    } else if (line.length > rules.longest) {
      line = [];
      tooLong = true;
    }
  }
  return { pending: { bytes: Uint8Array.from(line), tooLong }, found };
}

/** A line that nothing came after for a while: the scanner sends no terminator, or the rest was lost. */
export function flush(pending: Pending): readonly Scanned[] {
  return pending.bytes.length > 0 || pending.tooLong ? [{ is: 'refused', because: 'unfinished' }] : [];
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether a line is a code: first its bytes, then its characters, then its grammar. */
export function judge(line: Uint8Array, rules: Rules): Scanned {
  if (line.length > rules.longest) return { is: 'refused', because: 'tooLong' };
  if (line.some((byte) => byte < 0x20 || byte === 0x7f)) return { is: 'refused', because: 'control' };
  let text: string;
  try {
    text = UTF8.decode(line);
  } catch {
    return { is: 'refused', because: 'encoding' };
  }
  // Beyond ASCII: C1 controls, marks that turn the direction of a text, characters that have no shape.
  if (!GRAMMARS.text.test(text)) return { is: 'refused', because: 'control' };
  return rules.grammars.some((name) => GRAMMARS[name].test(text))
    ? { is: 'code', text }
    : { is: 'refused', because: 'grammar' };
}
