import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import type { IdCardExtras } from '@kiosk/contract/services/devices.ts';
import { formerPermanentResidentNumber } from '@kiosk/domain/former-number.ts';
import {
  type CardParts,
  type CardTextProblem,
  cardParts,
  formerNumberLink,
  parseIdCard,
  parseNewAddress,
} from '../../codec/id-card.ts';
import { type CommandName, SW, type SdtAnswer, describeStatus, isStatus } from '../../codec/sdt.ts';
import type { IdCardRead } from '../driver.ts';
import type { Purpose, ReaderState, Wish } from './state.ts';
import { type Step, send, settleRead, stay, then, waitForLifting } from './step.ts';

type AddressPurpose = Extract<Purpose, { is: 'address' }>;

/** The answer to a read of text and picture, with or without fingerprints: its shape tells which. */
export function onRead(state: ReaderState, id: number, command: CommandName, answer: SdtAnswer, now: number): Step {
  if (isStatus(answer, SW.success)) {
    return onCard(state, id, answer.data, command === 'readTextPhotoFingerprint' ? 3 : 2, now);
  }
  if (command === 'readTextPhotoFingerprint' && answer.sw3 === SW.badCommand) {
    // Modules of the first series know no fingerprints; the text of the same card is still to be had.
    return send({ ...state, noFingerprints: true }, 'readTextPhoto', { is: 'read', id }, now);
  }
  const detail = `read, ${describeStatus(answer)}`;
  if (answer.sw3 === SW.readFailed) return settleRead({ ...state, nextPoll: now }, id, fail('E1102', detail));
  return unreadable(state, id, detail, now);
}

/** No part of the answer outlives this call but the parsed text and what was asked for. */
function onCard(state: ReaderState, id: number, data: Uint8Array, count: 2 | 3, now: number): Step {
  const parsed = parseCard(data, count);
  if (!parsed.ok) {
    const { field, expected } = parsed.error;
    const waiting = waitForLifting(state, { probe: 'probeAddress', delivered: false }, now);
    return then(waiting, (s) => settleRead(s, id, fail('E1103', `${field}: expected ${expected}`)));
  }
  const { card, parts } = parsed.value;
  const wish = wishOf(state, id);
  const extras = wish ? extrasOf(wish, parts, card) : {};
  if (wish?.extras.has('newestAddress')) {
    return send(state, 'readNewAddress', { is: 'address', id, card, extras }, now);
  }
  return deliver(state, id, card, extras, now);
}

function parseCard(data: Uint8Array, count: 2 | 3): Result<{ card: IdCard; parts: CardParts }, CardTextProblem> {
  const parts = cardParts(data, count);
  if (!parts.ok) return parts;
  const card = parseIdCard(parts.value.text);
  return card.ok ? ok({ card: card.value, parts: parts.value }) : card;
}

/** What is still waited for; undefined when it was given up while the card was read. */
const wishOf = ({ wanted }: ReaderState, id: number) => (wanted?.id === id ? wanted : undefined);

/** The appended address came, or there is none, or the card left before it was read. */
export function onAddress(state: ReaderState, purpose: AddressPurpose, answer: SdtAnswer, now: number): Step {
  const { id, card, extras } = purpose;
  if (isStatus(answer, SW.noSuchItem)) return deliver(state, id, card, extras, now);
  const detail = `appended address, ${describeStatus(answer)}`;
  if (!isStatus(answer, SW.success)) return settleRead({ ...state, nextPoll: now }, id, fail('E1102', detail));
  const address = parseNewAddress(answer.data);
  if (!address.ok) return unreadable(state, id, `${address.error.field}: expected ${address.error.expected}`, now);
  const more = address.value === '' ? extras : { ...extras, newestAddress: address.value };
  return deliver(state, id, card, more, now);
}

function extrasOf(wish: Wish, parts: CardParts, card: IdCard): IdCardExtras {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const link = formerNumberLink(parts.text);
  const formerNumber = link && formerPermanentResidentNumber({ ...link, number: card.idNumber });
  return {
    ...(wish.extras.has('photoWlt') && parts.photo.length > 0 ? { photoWlt: base64(parts.photo) } : {}),
    ...(wish.extras.has('fingerprints') && parts.fingerprints.length > 0
      ? { fingerprints: base64(parts.fingerprints) }
      : {}),
    ...(wish.extras.has('formerNumber') && formerNumber !== undefined ? { formerNumber } : {}),
  };
}

function deliver(state: ReaderState, id: number, card: IdCard, extras: IdCardExtras, now: number): Step {
  const wish = wishOf(state, id);
  const delivered = wish !== undefined;
  const read: IdCardRead = wish && wish.extras.size > 0 ? { ...card, extras } : card;
  const waiting = waitForLifting(state, { probe: 'probeAddress', delivered }, now);
  const step = then(waiting, (s) => settleRead(s, id, ok(read)));
  const counted = { type: 'emit', event: { type: 'counted', counter: 'cardsRead', by: 1 } } as const;
  return delivered ? then(step, (s) => stay(s, counted)) : step;
}

/** The card that lies there will not be read; it has to be lifted before another one. */
export function unreadable(state: ReaderState, id: number, detail: string, now: number): Step {
  const waiting = waitForLifting(state, { probe: 'probeFind', delivered: false }, now);
  const settled = then(waiting, (s) => settleRead(s, id, fail('E1103', detail)));
  return then(settled, (s) => stay(s, { type: 'log', level: 'warn', message: 'card not readable', detail }));
}
