import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { big, GAP, line, list, middle, row, RULE, slip, spelled, wordsOf, type SlipFrame } from './parts.ts';

export interface AppointmentSlip extends SlipFrame {
  /** Of the appointment or the queue; a request number while it is not confirmed. */
  readonly number: string;
  /** 'requested': taken offline, confirmed by nobody; 'queue': a number for today's queue. */
  readonly state: 'confirmed' | 'requested' | 'queue';
  /** In the queue of that half day, once it is confirmed: 'A012'. */
  readonly ticket?: string;
  readonly item: string;
  readonly branch: string;
  readonly address?: string;
  /** 'YYYY-MM-DD' */
  readonly date: string;
  /** '09:30–10:00' */
  readonly slot?: string;
  readonly bring: readonly string[];
}

/** 预约凭条 and queue ticket. */
export function appointmentSlip(input: AppointmentSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const { state, address, slot, ticket } = input;
  const label = { confirmed: words.appointment, requested: words.requestNumber, queue: words.ticketNumber }[state];
  return slip(input.number, words.ticketTitle, input, [
    ...(state === 'requested' ? [big(words.receivedNotConfirmed), GAP] : []),
    ...(ticket === undefined ? [] : [middle(words.ticketNumber), big(ticket), GAP]),
    middle(label),
    big(spelled(input.number)),
    RULE,
    row(words.item, input.item),
    row(words.branch, input.branch),
    ...(address ? [row(words.address, address)] : []),
    row(words.date, input.date),
    ...(slot ? [row(words.slot, slot)] : []),
    GAP,
    ...(input.bring.length > 0 ? list(words.bring, input.bring, words.none) : []),
    line(state === 'requested' ? words.appointmentPending : words.comeEarly),
  ]);
}
