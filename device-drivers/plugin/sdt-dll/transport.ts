import { fileURLToPath } from 'node:url';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import { COMMANDS, type CommandName, NOTHING_PENDING, decode, encodeAnswer, parseRequest } from '../../codec/sdt.ts';
import type { Log } from '../../log.ts';
import { Listeners } from '../../transport/listeners.ts';
import type { Transport, TransportFailure } from '../../transport/transport.ts';
import { type Plugin, createPlugin } from '../host.ts';
import { DLL_CODES } from './codes.ts';

export interface SdtDllSettings {
  /** Full path of the vendor's library. */
  readonly library: string;
  /** 1 to 16: COM ports, 1001 to 1016: USB. */
  readonly port: number;
  /** A call that takes longer hangs, in ms. */
  readonly callWithin: number;
  readonly env?: Readonly<Record<string, string>>;
}

const DllAnswer = z.object({ code: z.int(), data: z.base64() });

/** Beside the sources it is TypeScript, beside the bundle of the device-host a bundle of its own. */
const CHILD = import.meta.url.endsWith('.ts') ? './main.ts' : './sdt-dll.mjs';

/**
 * A reader that only its vendor's library reaches. Requests of the protocol become calls of the library, and what it
 * fills in becomes answers, so that the driver above is the same as for a cable. A crash or a hang of the library is a
 * lost connection; opening again starts a new process.
 */
export function sdtDllTransport(settings: SdtDllSettings, clock: Clock, log: Log): Transport {
  const data = new Listeners<Uint8Array>();
  const closed = new Listeners<TransportFailure>();
  const place = `${settings.library}, port ${settings.port}`;
  let plugin: Plugin | undefined;
  let isOpen = false;

  function lost(of: Plugin, detail: string): void {
    if (plugin !== of) return;
    plugin = undefined;
    isOpen = false;
    void of.stop();
    closed.tell({ reason: 'closed', detail });
  }

  async function call(of: Plugin, command: CommandName): Promise<void> {
    const answer = await of.call('command', { command });
    if (plugin !== of) return;
    if (!answer.ok) return lost(of, answer.error.detail ?? answer.error.code);
    const filled = DllAnswer.safeParse(answer.value);
    if (!filled.success) return lost(of, 'the library gave no number');
    const { code } = filled.data;
    // The reader said nothing that could be understood: for the driver, no answer.
    if (code === DLL_CODES.timedOut || code === DLL_CODES.badChecksum) return;
    if (code >= DLL_CODES.portNotOpen && code <= DLL_CODES.disabled) return lost(of, `library answers ${code}`);
    const bytes = code === 0x90 || code === 0x9f ? Buffer.from(filled.data.data, 'base64') : NOTHING_PENDING;
    data.tell(encodeAnswer({ sw1: 0, sw2: 0, sw3: code & 0xff, data: bytes }));
  }

  return {
    place,
    get isOpen() {
      return isOpen;
    },
    async open(): Promise<Result<void, TransportFailure>> {
      if (plugin) throw new Error(`${place} is already open`);
      const opening = createPlugin(
        {
          name: 'sdt-dll',
          command: process.execPath,
          args: [fileURLToPath(new URL(CHILD, import.meta.url)), settings.library, String(settings.port)],
          answerWithin: settings.callWithin,
          ...(settings.env ? { env: settings.env } : {}),
        },
        { clock, log, onEnd: () => lost(opening, 'the library ended its process') },
      );
      plugin = opening;
      const opened = await opening.call('open', {});
      if (plugin !== opening) return err({ reason: 'closed', detail: 'closed while opening' });
      if (!opened.ok) {
        plugin = undefined;
        await opening.stop();
        return err({ reason: 'failed', detail: opened.error.detail ?? opened.error.code });
      }
      isOpen = true;
      return ok();
    },
    async write(bytes) {
      const open = plugin;
      if (!open || !isOpen) return err({ reason: 'closed', detail: 'write on a closed library' });
      for (const body of decode(NOTHING_PENDING, bytes).bodies) {
        const request = parseRequest(body);
        const command = (Object.keys(COMMANDS) as CommandName[]).find(
          (name) => COMMANDS[name][0] === request?.command && COMMANDS[name][1] === request.parameter,
        );
        if (command) void call(open, command);
      }
      return ok();
    },
    isPresent: () => Promise.resolve(undefined),
    onData: (listener) => data.add(listener),
    onClosed: (listener) => closed.add(listener),
    async close() {
      const open = plugin;
      plugin = undefined;
      const wasOpen = isOpen;
      isOpen = false;
      if (!open) return;
      // A library that hangs is not asked to say goodbye: stopping does not wait for it.
      if (wasOpen) await Promise.race([open.call('close', {}), new Promise<void>((done) => clock.after(200, done))]);
      await open.stop();
    },
  };
}
