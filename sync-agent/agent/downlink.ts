import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { DownlinkVersions, RemoteCommand } from '@kiosk/contract/platform/downlink.ts';
import { callPlatform } from '../delivery/calls.ts';
import type { Line } from '../delivery/http.ts';
import type { Configuration } from './configuration.ts';
import { nextNoticeEnd } from './effective.ts';
import type { Log } from './log.ts';

export interface DownlinkOptions {
  readonly configuration: Configuration;
  readonly line: Line;
  readonly clock: Clock;
  readonly log: Log;
  /** Carries a command out. undefined: done; otherwise the code of its failure. */
  readonly carryOut: (command: RemoteCommand) => Promise<string | undefined>;
  readonly onChanged: () => void;
  /** Something new is in force: the platform is told at once, and the heartbeat goes on at its new pace. */
  readonly onApplied: () => void;
}

const DEADLINE_MS = 15_000;

/** Fetches what the heartbeat says is newer, and has commands carried out one after the other. */
export class Downlink {
  readonly #options: DownlinkOptions;
  #fetching = false;
  #closed = false;
  #turn: Promise<void> = Promise.resolve();
  #cancelNoticeEnd: () => void = () => {};

  constructor(options: DownlinkOptions) {
    this.#options = options;
    this.#watchNotices();
  }

  /** `offered` is where the platform stands, as its heartbeat says: a hint, worth asking and nothing more. */
  async follow(offered: DownlinkVersions): Promise<void> {
    const { configuration, line, log } = this.#options;
    const applied = configuration.versions;
    const behind = (Object.keys(applied) as (keyof DownlinkVersions)[]).some((kind) => offered[kind] > applied[kind]);
    if (this.#fetching || this.#closed || !behind) return;
    this.#fetching = true;
    const answer = await callPlatform(line, 'downlink', { applied }, { deadlineMs: DEADLINE_MS });
    this.#fetching = false;
    if (this.#closed) return;
    if (!answer.ok) return log('downlink.failed', { code: answer.error.code, detail: answer.error.detail });
    let news = false;
    for (const envelope of answer.value.value.envelopes) {
      const taken = configuration.take(envelope);
      news ||= taken.ok;
      if (taken.ok && taken.value.command) this.#carryOut(taken.value.command);
    }
    this.#watchNotices();
    this.#options.onChanged();
    if (news) this.#options.onApplied();
  }

  /** Settles when the command under way has ended; what has not begun by then is found open at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelNoticeEnd();
    await this.#turn;
  }

  #carryOut({ version, command }: { readonly version: number; readonly command: RemoteCommand }): void {
    const { configuration, carryOut, onChanged } = this.#options;
    this.#turn = this.#turn.then(async () => {
      if (this.#closed) return;
      const code = await carryOut(command);
      configuration.settle(version, command.name, code === undefined ? 'done' : 'failed', code);
      this.#watchNotices();
      onChanged();
    });
  }

  #watchNotices(): void {
    const { configuration, clock, onChanged } = this.#options;
    this.#cancelNoticeEnd();
    const end = nextNoticeEnd(configuration.notices, clock.now());
    if (end === undefined) return;
    // Timers of more than 24 days do not exist; a day is soon enough to look again.
    const wait = Math.min(end - clock.now(), 86_400_000);
    this.#cancelNoticeEnd = clock.after(wait, () => {
      onChanged();
      this.#watchNotices();
    });
  }
}
