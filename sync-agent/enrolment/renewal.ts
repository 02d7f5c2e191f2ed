import { createHash, type X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { backoffMs } from '../delivery/backoff.ts';
import { callPlatform } from '../delivery/calls.ts';
import type { Failed } from '../delivery/classify.ts';
import type { Line } from '../delivery/http.ts';
import type { Log } from '../agent/log.ts';
import { certificateRequest } from './key-pair.ts';
import type { KeptCredentials } from './kept-credentials.ts';

const HOUR_MS = 3_600_000;
/** Also where a clock is so wrong that every certificate looks old. */
const LEAST_LIFE_MS = 24 * HOUR_MS;
const DEADLINE_MS = 60_000;
/** Not in the first minutes, when everything starts at once; a hall's machines start together. */
const FIRST_LOOK_MS = 60_000;
const RETRY = { firstMs: 10 * 60_000, mostMs: 6 * HOUR_MS } as const;

export interface RenewalOptions {
  readonly terminalId: string;
  readonly certificateFile: string;
  readonly kept: KeptCredentials;
  readonly line: Line;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly record: (data: EntryData) => unknown;
  readonly onChanged: () => void;
}

export interface CertificateState {
  /** UTC ms. */
  readonly certificateExpiresAt?: number;
  readonly certificateRenewedAt?: number;
  /** Why the last try to renew it came to nothing. */
  readonly certificateCode?: string;
}

/**
 * From when a certificate is renewed: two thirds through its life, and up to a twelfth later. The certificate itself says how
 * much later, so that machines which were set up on one day do not come on one day, and a restart changes nothing.
 */
export function renewFrom(certificate: X509Certificate): number {
  const from = certificate.validFromDate.getTime();
  const life = certificate.validToDate.getTime() - from;
  const share = createHash('sha256').update(certificate.raw).digest().readUInt32BE(0) / 2 ** 32;
  return from + Math.floor(life * (2 / 3 + share / 12));
}

/** Renews the certificate by itself while the present one still holds. What is in use stays in use until the next is durable. */
export class Renewal {
  readonly #options: RenewalOptions;
  #certificate: X509Certificate | undefined;
  #failures = 0;
  #code: string | undefined;
  #renewing: Promise<void> = Promise.resolve();
  #cancel: () => void = () => {};
  readonly #stop = new AbortController();

  constructor(options: RenewalOptions) {
    this.#options = options;
    this.#certificate = options.kept.certificate;
  }

  get state(): CertificateState {
    const { certificateFile } = this.#options;
    const certificate = this.#certificate;
    if (!certificate) return {};
    const replacedAt = this.#options.kept.replaced
      ? statSync(certificateFile, { throwIfNoEntry: false })?.mtimeMs
      : undefined;
    return {
      certificateExpiresAt: certificate.validToDate.getTime(),
      ...(replacedAt === undefined ? {} : { certificateRenewedAt: Math.round(replacedAt) }),
      ...(this.#code === undefined ? {} : { certificateCode: this.#code }),
    };
  }

  start(): void {
    this.#lookIn(FIRST_LOOK_MS * (1 + this.#options.random()));
  }

  /** What is under way is broken off; it is asked for again with the same key. */
  async close(): Promise<void> {
    this.#stop.abort('E9001');
    this.#cancel();
    await this.#renewing;
  }

  /** The next look comes when this one has ended, so that there are never two. */
  #lookIn(ms: number): void {
    if (this.#stop.signal.aborted) return;
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#renewing = this.#look().then((wait) => this.#lookIn(wait));
    });
  }

  async #look(): Promise<number> {
    const { kept, clock, random, log, onChanged } = this.#options;
    // Somebody may have enrolled this machine anew.
    this.#certificate = kept.certificate ?? this.#certificate;
    if (!this.#certificate || clock.now() < renewFrom(this.#certificate)) return HOUR_MS;
    const failed = await this.#renew();
    if (this.#stop.signal.aborted) return HOUR_MS;
    this.#code = failed?.code;
    this.#failures = failed ? this.#failures + 1 : 0;
    if (failed) log('certificate.notRenewed', { code: failed.code, detail: failed.detail });
    onChanged();
    if (!failed) return LEAST_LIFE_MS;
    return Math.max(RETRY.firstMs, backoffMs(this.#failures, RETRY, random()), failed.retryAfterMs ?? 0);
  }

  /** undefined: it is renewed. */
  async #renew(): Promise<Failed | undefined> {
    const { terminalId, kept, line, log, record } = this.#options;
    try {
      const certificateRequestPem = await certificateRequest(terminalId, kept.draftRenewal());
      const limits = { deadlineMs: DEADLINE_MS, signal: this.#stop.signal };
      const answer = await callPlatform(line, 'renewCertificate', { certificateRequestPem }, limits);
      if (!answer.ok) return answer.error;
      const taken = kept.take(answer.value.value.certificatePem, terminalId);
      if (!taken.ok) return taken.error;
      this.#certificate = taken.value;
      const about = { serialNumber: taken.value.serialNumber, validTo: taken.value.validToDate.getTime() };
      record({ type: 'certificate.renewed', ...about });
      log('certificate.renewed', about);
      return undefined;
    } catch (error) {
      // A disk that is full or read-only: the present certificate holds on, and there is time left to try again.
      if (error instanceof Error && 'code' in error) return { code: 'E8101', detail: error.message };
      throw error;
    }
  }
}
