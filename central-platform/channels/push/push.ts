import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { ServiceStore, Subscription } from '../../store/service-store.ts';
import { outOfQuiet } from '../quiet.ts';

/** What can be subscribed to. Data of the centre. */
export const TOPICS: readonly { readonly topic: string; readonly name: Words }[] = [
  { topic: 'deposit', name: { zh: '缴存政策', en: 'Deposits' } },
  { topic: 'withdrawal', name: { zh: '提取政策', en: 'Withdrawals' } },
  { topic: 'loan', name: { zh: '贷款政策', en: 'Loans' } },
  { topic: 'service', name: { zh: '服务通知', en: 'Service notices' } },
];
const PAGE = 500;

/** Who brings a notice to a person beside the list in the web hall, e.g. an app's push service. */
export interface PushProvider {
  deliver(to: { readonly depositorId: string; readonly title: Words }): Promise<void>;
}

/** The plain default: the notice stands in the person's list, nobody is woken. */
export const listOnly: PushProvider = { deliver: async () => {} };

export interface PolicyPush {
  topics(depositorId: string): Promise<readonly { topic: string; name: Words; subscribed: boolean }[]>;
  /** False: no such topic. */
  set(depositorId: string, topic: string, on: boolean, channel: string): Promise<boolean>;
  /** Puts a notice into the outbox of everybody who wants it; published twice it comes once. How many there were. */
  publish(notice: {
    readonly noticeId: string;
    readonly topic: string;
    readonly title: Words;
    readonly text: Words;
  }): Promise<number>;
  /** Delivers what is due; during quiet hours nothing is. */
  run(): Promise<number>;
  news(depositorId: string): Promise<readonly { at: number; topic: string; title: Words; text: Words }[]>;
}

export function createPolicyPush(clock: Clock, store: ServiceStore, provider: PushProvider = listOnly): PolicyPush {
  return {
    async topics(depositorId) {
      const mine = new Set((await store.subscriptions(depositorId)).map(({ topic }) => topic));
      return TOPICS.map(({ topic, name }) => ({ topic, name, subscribed: mine.has(topic) }));
    },
    async set(depositorId, topic, on, channel) {
      if (!TOPICS.some((one) => one.topic === topic)) return false;
      if (on) await store.subscribe({ depositorId, topic, channel, at: clock.now() });
      else await store.unsubscribe(depositorId, topic);
      return true;
    },
    async publish({ noticeId, topic, title, text }) {
      const at = clock.now();
      const content = JSON.stringify({ title, text });
      let count = 0;
      let page: readonly Subscription[];
      let after = '';
      do {
        page = await store.subscribers(topic, after, PAGE);
        for (const { depositorId } of page) {
          await store.push(noticeId, { at, depositorId, topic, content, dueAt: outOfQuiet(at) });
        }
        count += page.length;
        after = page.at(-1)?.depositorId ?? '';
      } while (page.length === PAGE);
      return count;
    },
    async run() {
      const now = clock.now();
      let count = 0;
      for (const { id, depositorId, content } of await store.pushDue(now, PAGE)) {
        if (!(await store.pushDelivered(id, now))) continue;
        await provider.deliver({ depositorId, title: (JSON.parse(content) as { title: Words }).title });
        count++;
      }
      return count;
    },
    news: async (depositorId) =>
      (await store.pushed(depositorId, 50)).map(({ at, topic, content }) => ({
        at,
        topic,
        ...(JSON.parse(content) as { title: Words; text: Words }),
      })),
  };
}
