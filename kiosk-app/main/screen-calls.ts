import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { z } from 'zod';
import { isOurPage } from './page-answer.ts';

/** What the checks need of an Electron event; the real one has more. */
export interface CallEvent {
  readonly sender: object;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

export interface CallPort {
  on(channel: string, listener: (event: CallEvent, ...args: unknown[]) => void): void;
}

export interface CallChecks {
  /** Only the window people see may call. */
  readonly isCurrent: (sender: object) => boolean;
  readonly clock: Clock;
  readonly onRefused: (channel: string, why: string) => void;
}

/** A finger cannot press faster; a page that calls more often is not one of ours any more. */
const BURST = 40;
const PER_SECOND = 20;

/** The one way in from a screen. Checks, in this order: the window, its main frame, the page, the rate, the shape. */
export class ScreenCalls {
  readonly #port: CallPort;
  readonly #checks: CallChecks;
  readonly #buckets = new WeakMap<object, { tokens: number; at: number }>();

  constructor(port: CallPort, checks: CallChecks) {
    this.#port = port;
    this.#checks = checks;
  }

  on<S extends z.ZodType>(channel: string, schema: S, handle: (value: z.output<S>) => void): void {
    this.#port.on(channel, (event, ...args) => {
      const why = this.#whyNot(event);
      if (why !== undefined) return this.#checks.onRefused(channel, why);
      const parsed = args.length === 1 ? schema.safeParse(args[0]) : undefined;
      if (!parsed?.success) return this.#checks.onRefused(channel, 'not of the shape of this call');
      handle(parsed.data);
    });
  }

  #whyNot({ sender, senderFrame }: CallEvent): string | undefined {
    if (!this.#checks.isCurrent(sender)) return 'not from the window on screen';
    if (senderFrame?.parent !== null) return 'not from a main frame';
    if (!isOurPage(senderFrame.url)) return 'not from our page';
    return this.#tooFast(sender) ? 'too many calls' : undefined;
  }

  #tooFast(sender: object): boolean {
    const now = this.#checks.clock.monotonic();
    const bucket = this.#buckets.get(sender) ?? { tokens: BURST, at: now };
    const tokens = Math.min(BURST, bucket.tokens + ((now - bucket.at) / 1_000) * PER_SECOND);
    this.#buckets.set(sender, { tokens: Math.max(0, tokens - 1), at: now });
    return tokens < 1;
  }
}
