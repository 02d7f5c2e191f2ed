import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Language } from '@kiosk/contract/services/common.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { placeOf, type Log } from '../../log.ts';
import type { MessageStore, StoredMessage } from '../../store/message-store.ts';
import { openJson, sealJson, type Vault } from '../../vault.ts';
import { createDueRunner } from '../due-runner.ts';
import type { Guard } from '../guard.ts';
import { outOfQuiet } from '../quiet.ts';
import type { SmsProvider } from './provider.ts';
import { type SmsMessage, type SmsTemplate, type SmsValues, smsText } from './templates.ts';

/** After a fault: 5 s, 30 s, 2 min, 10 min, then it is given up. */
const RETRY_MS = [5_000, 30_000, 120_000, 600_000];
/** One that was begun and never settled: its process died. */
const CLAIM_MS = 60_000;
const DAY_MS = 86_400_000;
const CODE_LIFE_MS = 5 * 60_000;
/** So long staff can read what a notice said; a code is forgotten as soon as it is out. */
const KEPT_MS = 30 * DAY_MS;

/** How a message goes out that is no code. It has a share of the day of its own, and what is beyond it waits for the next. */
export interface NoticeTerms {
  /** What it tells and to whom: told again it is `repeated` and nothing goes out. */
  readonly eventKey: string;
  /** Not at night. */
  readonly quiet: boolean;
  /** It does not wait for a share of the day. */
  readonly atOnce: boolean;
  /** From then on nobody wants it any more. */
  readonly expiresAt: number;
  /** Keyed hash of the ID number of whom it is about, by which staff find it; its words are kept for a while. */
  readonly personHash?: string | null;
}

export interface Messenger {
  /**
   * Takes a message; it is on the disk when this resolves and goes out after it. `dropped`: this number had its share of the day.
   */
  send(
    message: SmsMessage & {
      readonly phone: string;
      readonly language?: Language | undefined;
      readonly notice?: NoticeTerms | undefined;
    },
  ): Promise<{ readonly id: number; readonly state: 'waiting' | 'dropped' | 'repeated' }>;
  /** What a provider tells later of one it took. */
  receipt(id: number, delivered: boolean): Promise<void>;
  /** Sends what is due; resolves when nothing is. */
  run(): Promise<void>;
  /** The newest, without numbers or words. */
  list(): Promise<readonly Omit<StoredMessage, 'content' | 'phoneHash' | 'personHash'>[]>;
  close(): Promise<void>;
}

export interface MessengerParts {
  readonly clock: Clock;
  readonly store: MessageStore;
  readonly vault: Vault;
  readonly guard: Guard;
  readonly provider: SmsProvider;
  readonly log: Log;
  /** Stands in front of each text. */
  readonly signature: string;
}

export const MESSAGE_CONTEXT = 'short message';
export const MessageContent = z.object({ phone: z.string(), text: z.string() });

export function createMessenger(parts: MessengerParts): Messenger {
  const { clock, store, vault, guard, provider, log, signature } = parts;
  let forgotten = -Infinity;
  async function attempt(message: StoredMessage): Promise<void> {
    const now = clock.now();
    const { id, tries, template, expiresAt, content, quiet } = message;
    // Of a notice the words are kept for a while: staff are asked what it said.
    const kept = message.personHash !== null;
    const done = { nextAt: now, fault: null, forget: true };
    if (now >= expiresAt || content === null) return store.settle(id, { ...done, state: 'failed', fault: 'too late' });
    const woken = quiet ? outOfQuiet(now) : now;
    if (woken > now) return store.settle(id, { state: 'waiting', nextAt: woken, fault: message.fault, forget: false });
    if (!(await store.claim(id, tries, now + CLAIM_MS))) return undefined;
    const { phone, text } = MessageContent.parse(openJson(vault, MESSAGE_CONTEXT, content));
    const sent = await provider.send({ id, phone, text, template }).catch((error: unknown) => {
      log({ event: 'sms.fault', detail: placeOf(error) });
      return { fault: 'provider failed', final: false };
    });
    if (!('fault' in sent)) {
      return store.settle(id, { ...done, state: sent.state, forget: !kept });
    }
    const wait = RETRY_MS[tries];
    if (wait === undefined || sent.final === true) {
      log({ event: 'sms.failed', detail: `${template}: ${sent.fault}` });
      return store.settle(id, { ...done, state: 'failed', fault: sent.fault });
    }
    return store.settle(id, { state: 'waiting', nextAt: now + wait, fault: sent.fault, forget: false });
  }

  async function forgetOld(now: number): Promise<void> {
    if (now - forgotten < DAY_MS) return;
    forgotten = now;
    await store.forgetBefore(now - KEPT_MS);
  }

  const due = createDueRunner({ clock, log, event: 'sms.stuck', store, attempt });

  return {
    async send({ phone, template, values, language = 'zh', notice }) {
      const now = clock.now();
      await forgetOld(now);
      const text = smsText(template, values as SmsValues<SmsTemplate>, language, signature);
      const told = notice && (await store.byEvent(notice.eventKey));
      if (told) return { id: told.id, state: 'repeated' };
      const wait = await guard.take(notice ? 'notices by phone' : 'messages by phone', phone);
      const state = wait > 0 && !notice ? ('dropped' as const) : ('waiting' as const);
      const nextAt = now + (notice && !notice.atOnce ? wait * 1_000 : 0);
      const id = await store.add({
        at: now,
        phoneHash: vault.hash('phone', phone),
        phoneMasked: maskPhone(phone),
        personHash: notice?.personHash ?? null,
        template,
        content: state === 'dropped' ? null : sealJson(vault, MESSAGE_CONTEXT, { phone, text }),
        state,
        nextAt: notice?.quiet ? outOfQuiet(nextAt) : nextAt,
        expiresAt: notice
          ? notice.expiresAt + nextAt - now
          : now + (template.startsWith('code.') ? CODE_LIFE_MS : DAY_MS),
        eventKey: notice?.eventKey ?? null,
        quiet: notice?.quiet ?? false,
      });
      // Another process told the same event at the same moment.
      if (id === undefined) return { id: (await store.byEvent(notice!.eventKey))!.id, state: 'repeated' };
      if (state === 'dropped') log({ event: 'sms.dropped', detail: template });
      else await due.run();
      return { id, state };
    },
    async receipt(id, delivered) {
      const message = await store.get(id);
      if (message?.state !== 'sent') return;
      const state = delivered ? 'delivered' : 'failed';
      const fault = delivered ? null : 'not delivered';
      await store.settle(id, { state, nextAt: clock.now(), fault, forget: message.personHash === null });
    },
    run: () => due.run(),
    list: async () =>
      (await store.list(200)).map(
        ({ content: _content, phoneHash: _phoneHash, personHash: _personHash, ...message }) => message,
      ),
    close: () => due.close(),
  };
}
