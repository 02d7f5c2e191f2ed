import { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { maskName, maskPhone } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { requestContext } from '../ingest/effect.ts';
import type { WorkStore } from '../store/desk-store.ts';
import type { Effect, ReceivedRequest } from '../store/store.ts';
import { openJson, type Vault } from '../vault.ts';
import type { FigureStore } from '../store/figures-store.ts';
import { callTopic } from './called.ts';
import { type DeadlineDays, dueAt } from './deadlines.ts';
import { type Counted, summed } from './figures/fold.ts';

type Call = Extract<RequestForm, { item: 'S03' }>;
const Content = z.object({ form: RequestForm, person: RequestPerson.nullable() });

export interface Arrivals {
  /**
   * Takes what entries amount to, when the register has it. May be called again with the same: each is kept once by its
   * number.
   */
  take(effects: readonly Effect[]): Promise<void>;
  /** A request that came another way than through a terminal's journal. */
  request(request: ReceivedRequest, channelId: string): Promise<void>;
  /** The follow-up that a bad one opened. */
  rated(rating: ChannelRated): Promise<FollowUp | undefined>;
}

export interface FollowUp {
  readonly number: string;
  readonly dueAt: number;
}

/** A rating that did not come from a terminal's journal. */
export interface ChannelRated {
  readonly subject: string;
  readonly channel: string;
  readonly score: string;
  readonly reason: string | null;
}

export interface ArrivalParts {
  readonly clock: Clock;
  readonly figures: Pick<FigureStore, 'add'>;
  readonly work: Pick<WorkStore, 'addLookup' | 'addWorkOrder'>;
  readonly vault: Vault;
  readonly channelOf: (terminalId: string) => Promise<string>;
  readonly days: DeadlineDays;
}

/** Requests and bad reviews become something somebody has to answer, and something that can be found by a person's number. */
export function createArrivals({ work, figures, clock, vault, channelOf, days }: ArrivalParts): Arrivals {
  async function request(received: ReceivedRequest, channelId: string): Promise<void> {
    const { requestNumber, item, topicId, terminalId, receivedAt, content } = received;
    const { form, person } = Content.parse(openJson(vault, requestContext(requestNumber), content));
    const booked = form.item === 'B08' ? { branchId: form.branchId, date: form.date, half: form.half } : undefined;
    await work.addLookup({
      ...{ requestNumber, item, topicId, channelId, terminalId, receivedAt, content },
      idHash: person?.idNumber === undefined ? null : vault.hash('find id', person.idNumber),
      phoneHash: person?.phone === undefined ? null : vault.hash('find phone', person.phone),
      ...(booked ?? { branchId: null, date: null, half: null }),
    });
    if (form.item === 'S03') return called(received, channelId, form);
    if (form.item !== 'S01') return;
    // Until a person has read it, it is what is answered soonest.
    const kind = 'consult';
    await work.addWorkOrder({
      ...{ number: requestNumber, kind, state: 'open', topicId, channelId, terminalId, receivedAt },
      ...{ dueAt: dueAt(receivedAt, days[kind]), assignee: null, ratingReason: null },
      nameMasked: person?.name === undefined ? null : maskName(person.name),
      phoneMasked: person?.phone === undefined ? null : maskPhone(person.phone),
      ...{ hasText: Boolean(person?.text ?? form.text), answeredAt: null, closedAt: null, outcome: null },
    });
  }

  /** Somebody stands there and waits. */
  async function called({ requestNumber, terminalId, receivedAt }: ReceivedRequest, channelId: string, form: Call) {
    await work.addWorkOrder({
      ...{ number: requestNumber, kind: 'help', state: 'open', topicId: callTopic(form), channelId, terminalId },
      ...{ receivedAt, dueAt: dueAt(receivedAt, days.help), assignee: null, ratingReason: null },
      ...{ nameMasked: null, phoneMasked: null, hasText: false, answeredAt: null, closedAt: null, outcome: null },
    });
  }

  return {
    request,
    async rated({ subject, channel, score, reason }) {
      const at = clock.now();
      const one = (name: string, label: string): Counted & { at: number } => ({ name, label, at });
      const counted = [one('rating', score), ...(reason === null ? [] : [one('rating.reason', reason)])];
      await figures.add(summed(channel, '', counted));
      if (score !== 'dissatisfied') return undefined;
      const followUp = {
        number: `R-${channel}-${vault.hash('rated', subject).slice(0, 12)}`,
        dueAt: dueAt(at, days.followUp),
      };
      await work.addWorkOrder({
        ...{ ...followUp, kind: 'followUp', state: 'open', topicId: 'rating', channelId: channel },
        ...{ terminalId: null, receivedAt: at },
        ...{ assignee: null, ratingReason: reason, nameMasked: null, phoneMasked: null, hasText: false },
        ...{ answeredAt: null, closedAt: null, outcome: null },
      });
      return followUp;
    },
    async take(effects) {
      for (const effect of effects) {
        if (effect.kind === 'request') {
          await request(effect.request, await channelOf(effect.request.terminalId));
        }
        if (effect.kind === 'rating' && effect.score === 'dissatisfied') {
          const { terminalId, seq, at, reason } = effect;
          await work.addWorkOrder({
            ...{ number: `R-${terminalId}-${seq}`, kind: 'followUp', state: 'open', topicId: 'rating' },
            ...{ channelId: await channelOf(terminalId), terminalId, receivedAt: at, dueAt: dueAt(at, days.followUp) },
            ...{ assignee: null, ratingReason: reason, nameMasked: null, phoneMasked: null, hasText: false },
            ...{ answeredAt: null, closedAt: null, outcome: null },
          });
        }
      }
    },
  };
}
