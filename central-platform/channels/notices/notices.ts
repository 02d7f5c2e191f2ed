import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Language } from '@kiosk/contract/services/common.ts';
import { z } from 'zod';
import type { CoreSystem } from '../../core/core-system.ts';
import type { Log } from '../../log.ts';
import type { NoticePreference, NoticeStore, StoredNotice } from '../../store/notice-store.ts';
import { openJson, sealJson, type Vault } from '../../vault.ts';
import { createDueRunner } from '../due-runner.ts';
import type { Messenger } from '../sms/messenger.ts';
import { messagesOf, NOTICE_TOPICS, type NoticeEvent, type NoticeKind, NOTICES } from './kinds.ts';

export type { NoticeEvent } from './kinds.ts';

/** The core is away: a minute, ten, an hour, then every six hours until nobody wants to hear of it any more. */
const RETRY_MS = [60_000, 600_000, 3_600_000];
const LATER_MS = 6 * 3_600_000;
/** One that was begun and never settled: its process died. */
const CLAIM_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What people are told that is no code. */
export interface Notices {
  /**
   * Takes an event; it is on the disk when this resolves and goes out after it. Told twice, by whatever process, it goes out once. False:
   * it was there already. Call it after what it tells is durable, and again when unsure.
   */
  tell(event: NoticeEvent): Promise<boolean>;
  /** Puts what is due into the outbox of messages; resolves when nothing is. */
  run(): Promise<void>;
  settings(depositorId: string): Promise<NoticeSettings>;
  /** False: a topic nobody may switch off, or none of ours. */
  set(depositorId: string, settings: Omit<NoticePreference, 'depositorId' | 'at'>): Promise<boolean>;
  close(): Promise<void>;
}

export interface NoticeSettings {
  readonly language: Language;
  readonly topics: readonly ((typeof NOTICE_TOPICS)[number] & { readonly on: boolean })[];
}

export interface NoticeParts {
  readonly clock: Clock;
  readonly store: NoticeStore;
  readonly core: Pick<CoreSystem, 'get'>;
  readonly vault: Vault;
  readonly messenger: Pick<Messenger, 'send'>;
  readonly log: Log;
}

const CONTEXT = 'notice';
const Content = z.object({ facts: z.unknown() });

export function createNotices({ clock, store, core, vault, messenger, log }: NoticeParts): Notices {
  async function attempt(notice: StoredNotice): Promise<void> {
    const { key, tries, depositorId, at, content } = notice;
    const kind = notice.kind as NoticeKind;
    const now = clock.now();
    const rule = NOTICES[kind];
    const settle = (state: StoredNotice['state']) => store.settle(key, { state, nextAt: now, forget: true });
    const expiresAt = at + rule.hours * HOUR_MS;
    if (now >= expiresAt || content === null) return settle('late');
    if (!(await store.claim(key, tries, now + CLAIM_MS))) return undefined;
    const found = await core.get(depositorId);
    if (!found.ok) {
      const nextAt = now + (RETRY_MS[tries] ?? LATER_MS);
      return store.settle(key, { state: 'waiting', nextAt, forget: false });
    }
    const preference = await store.preference(depositorId);
    const optional = NOTICE_TOPICS.some(({ topic, optional }) => topic === rule.topic && optional);
    if (optional && preference?.off.includes(rule.topic)) return settle('declined');
    const language = preference?.language ?? 'zh';
    const { own, former } = messagesOf(kind, Content.parse(openJson(vault, CONTEXT, content)).facts, language);
    const urgent = 'urgent' in rule;
    const personHash = found.value ? vault.hash('find id', found.value.idNumber.toUpperCase()) : null;
    const terms = { quiet: !urgent, atOnce: urgent, expiresAt, personHash };
    const phone = found.value?.phone ?? null;
    // To the number that was theirs first: it is the one that a thief does not hold.
    if (former && former.phone !== null && former.phone !== phone) {
      await messenger.send({ ...former, phone: former.phone, notice: { ...terms, eventKey: `${key} former` } });
    }
    if (phone === null) return settle(former?.phone ? 'told' : 'nobody');
    await messenger.send({ ...own, phone, language, notice: { ...terms, eventKey: key } });
    return settle('told');
  }

  const due = createDueRunner({ clock, log, event: 'notices.stuck', store, attempt });

  return {
    async tell({ kind, reference, depositorId, facts }) {
      // What does not fit its words is a bug of the caller and shows at once, not in the outbox at night.
      messagesOf(kind, facts, 'zh');
      const key = vault.hash('notice', `${kind}\n${reference}`);
      const content = sealJson(vault, CONTEXT, { facts });
      const added = await store.add({ key, kind, depositorId, at: clock.now(), content });
      if (added) void due.run();
      return added;
    },
    run: () => due.run(),
    async settings(depositorId) {
      const preference = await store.preference(depositorId);
      const off = new Set(preference?.off);
      return {
        language: preference?.language ?? 'zh',
        topics: NOTICE_TOPICS.map((one) => ({ ...one, on: !one.optional || !off.has(one.topic) })),
      };
    },
    async set(depositorId, { language, off, channel }) {
      const optional = new Set<string>(NOTICE_TOPICS.filter((one) => one.optional).map(({ topic }) => topic));
      if (!off.every((topic) => optional.has(topic))) return false;
      await store.prefer({ depositorId, language, off: [...new Set(off)], channel, at: clock.now() });
      return true;
    },
    close: () => due.close(),
  };
}
