import { join } from 'node:path';
import { NOTHING_PENDING, RTN, decode, encodeAnswer } from '@kiosk/device-drivers/codec/zt598.ts';
import type { Simulator } from '../process.ts';
import { SerialLine } from '../serial-line.ts';
import type { Cipher } from './crypto.ts';
import { Pad, type PressedKey } from './pad.ts';

export interface PinPadOptions {
  /** Folder in which the port appears, as `pin-pad`. */
  readonly dir: string;
  readonly seed?: number;
  readonly baudRate?: number;
  readonly slowMs?: number;
}

/**
 * Faults beside those of the line: tamper and remove (at the next command), refuse (other error), locked, keyBytes (a key byte right before the answer), stray (a
 * frame nobody asked for before the answer), clearDigit (shows the next PIN digit).
 */
export type PadFault = 'tamper' | 'remove' | 'refuse' | 'locked' | 'keyBytes' | 'stray' | 'clearDigit';

const STRAY = encodeAnswer({ rtn: RTN.success, data: Buffer.from('stray') });

/** Events: `command` with the command's first character, after each one. Never what is in it. */
export async function startPinPad(
  options: PinPadOptions,
  emit: (event: string, value: unknown) => void,
): Promise<Simulator> {
  let pending: Uint8Array = NOTHING_PENDING;
  const line = new SerialLine({ ...options, port: join(options.dir, 'pin-pad') }, (chunk) => {
    const decoded = decode(pending, chunk);
    pending = decoded.pending;
    for (const part of decoded.parts) if (part.is === 'frame') hear(Buffer.from(part.body));
  });
  const takeFault = (kind: PadFault) => line.takeFault(kind);
  const pad = new Pad(
    (byte) => void line.say(Uint8Array.of(byte), []),
    (kind) => line.takeFault(kind),
  );

  function hear(body: Buffer): void {
    // The case is opened, or the pad taken away, while it works.
    if (takeFault('tamper')) pad.tamper();
    if (takeFault('remove')) pad.remove();
    const refused = takeFault('refuse') ? RTN.other : takeFault('locked') ? RTN.locked : undefined;
    const answer = refused ? { rtn: refused, data: new Uint8Array(0) } : pad.answer(body);
    if (takeFault('keyBytes')) void line.say(Uint8Array.of(0x2a), []);
    if (takeFault('stray')) void line.say(STRAY, []);
    void line.say(encodeAnswer(answer)).then(() => emit('command', body.toString('latin1', 0, 1)));
  }

  await line.start();
  return {
    ready: { port: line.pty.port },
    methods: {
      ...line.methods(() => {
        pending = NOTHING_PENDING;
        pad.powerOn();
      }),
      press: ({ keys }: { keys: readonly PressedKey[] }) => keys.forEach((key) => pad.press(key)),
      tamper: () => pad.tamper(),
      remove: () => pad.remove(),
      putInOrder: () => pad.putInOrder(),
      timeOut: () => pad.timeOut(),
      /** Between the keys of somebody who types: bytes that are no key, or a frame nobody asked for. */
      noise: ({ kind }: { kind: 'garbage' | 'stray' }) =>
        line.say(kind === 'stray' ? STRAY : Uint8Array.from([0xfe, 0x02, 0x7e, 0x03, 0xc1]), []),
      putKey: ({ cipher, slot, keyHex }: { cipher: Cipher; slot: number; keyHex: string }) =>
        pad.putKey(cipher, slot, Buffer.from(keyHex, 'hex')),
      hasKey: ({ cipher, slot }: { cipher: Cipher; slot: number }) => pad.hasKey(cipher, slot),
      /** How many digits were typed, never which. */
      state: () => ({ mode: pad.mode, digits: pad.digits, plugged: line.pty.isPlugged, faults: line.faults }),
    },
    stop: () => line.pty.close(),
  };
}
