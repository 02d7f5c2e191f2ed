import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';

/** What a reader of the system shows. mute: a card that does not answer, or lies the wrong way round. */
export type ReaderSight = 'empty' | 'present' | 'mute';

/** cardGone: pulled out; readerGone: no longer at the system, or the system's service is gone; failed: anything else. */
export interface PcscFailure {
  readonly reason: 'cardGone' | 'readerGone' | 'failed';
  readonly detail: string;
}

export interface PcscListener {
  readonly onReader: (name: string, sight: ReaderSight) => void;
  readonly onReaderGone: (name: string) => void;
  /** The service ended; nothing more will be heard. */
  readonly onDown: (detail: string) => void;
}

export interface PcscCard {
  transmit(apdu: Uint8Array): Promise<Result<Uint8Array, PcscFailure>>;
  /** Takes the chip's power away. */
  disconnect(): Promise<void>;
}

export interface PcscWatch {
  connect(reader: string): Promise<Result<PcscCard, PcscFailure>>;
  /** Nothing is heard any more from now on; done when the service was let go. */
  stop(): Promise<void>;
}

/** PC/SC of the operating system: pcscd on Linux, the smart card service on Windows. */
export interface PcscSystem {
  /** Tells of the readers that are there and of every change. Error: why the service cannot be had. */
  watch(listener: PcscListener): Promise<Result<PcscWatch, string>>;
}

/**
 * Clients whose service died. Such a client cannot be stopped or started again, and when the garbage collector takes it,
 * the binding throws where nobody can catch it; so it is never collected. One a death of the service.
 */
const BURIED: unknown[] = [];

/**
 * stop() right after an event may block the whole program for ever: the binding's thread is between two waits, does not
 * hear that it shall end, and is waited for. Seen on one of 13 stops at once, on none of 120 after 5 ms of quiet.
 */
const QUIET_MS = 200;

/**
 * Through pcsc-mini, which is loaded only here: where the system has no PC/SC library, loading it throws, and that is an
 * absent reader and not a broken program. Its other traps: start() and stop() throw when the service is away; when the
 * service dies, one `error` comes and then nothing for ever; a card pulled out in a transmission may give an empty
 * answer.
 */
export const systemPcsc = (clock: Clock): PcscSystem => ({
  async watch(listener) {
    let pcsc: typeof import('pcsc-mini');
    try {
      pcsc = await import('pcsc-mini');
    } catch (error) {
      return err(`PC/SC is not installed: ${firstLine(error)}`);
    }
    const { CardDisposition, CardMode, Client, ReaderStatus } = pcsc;
    const client = new Client();
    let lastEvent = clock.monotonic();
    let stopped = false;
    const hear = (tell: () => void) => {
      lastEvent = clock.monotonic();
      if (!stopped) tell();
    };
    client.on('error', (error) => hear(() => listener.onDown(firstLine(error))));
    client.on('reader', (reader) => {
      const name = reader.name();
      reader.on('disconnect', () => hear(() => listener.onReaderGone(name)));
      reader.on('change', (status) => {
        const sight = !status.has(ReaderStatus.PRESENT) ? 'empty' : status.has(ReaderStatus.MUTE) ? 'mute' : 'present';
        hear(() => listener.onReader(name, sight));
      });
    });
    try {
      client.start();
    } catch (error) {
      return err(firstLine(error));
    }
    return ok({
      async connect(name) {
        const reader = client.reader(name);
        if (!reader) return err({ reason: 'readerGone', detail: 'reader is gone' });
        try {
          const card = await reader.connect(CardMode.EXCLUSIVE);
          return ok({
            async transmit(apdu) {
              try {
                const answer = await card.transmit(apdu);
                if (answer.length === 0) return err({ reason: 'cardGone', detail: 'empty answer' });
                // The buffer belongs to the binding.
                return ok(Uint8Array.from(answer));
              } catch (error) {
                return err(classify(error));
              }
            },
            async disconnect() {
              try {
                await card.disconnect(CardDisposition.UNPOWER);
              } catch {
                // A card that is gone, or a service that is, has no power to take away.
              }
            },
          });
        } catch (error) {
          return err(classify(error));
        }
      },
      async stop() {
        stopped = true;
        for (let wait = QUIET_MS; wait > 0; wait = lastEvent + QUIET_MS - clock.monotonic()) {
          await new Promise<void>((resolve) => void clock.after(wait, resolve));
        }
        try {
          client.stop();
        } catch {
          // The service is gone already.
          BURIED.push(client);
        }
      },
    });
  },
});

/** The binding's names of the PC/SC return codes. */
const CARD_GONE = /^(RemovedCard|NoSmartCard|ResetCard|UnpoweredCard|NoCardConnection)$/;
const READER_GONE =
  /^(NoService|ServiceStopped|CommError|ReaderUnavailable|UnknownReader|NoReadersAvailable|InvalidHandle)$/;

function classify(error: unknown): PcscFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const detail = firstLine(error);
  if (CARD_GONE.test(code)) return { reason: 'cardGone', detail };
  if (READER_GONE.test(code)) return { reason: 'readerGone', detail };
  return { reason: 'failed', detail };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
