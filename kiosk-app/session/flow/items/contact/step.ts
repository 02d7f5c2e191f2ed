import type { Screen } from '@kiosk/contract/screen/view.ts';
import { z } from 'zod';
import type { State } from '../../state.ts';
import type { ItemAction, Move, PlatformAsk, PlatformTold } from '../item-flow.ts';
import { press, words } from '../parts.ts';

/** Typing a new phone, and the code that reached it. Part of any item that asks for one. */
export const ContactPlace = z.discriminatedUnion('at', [
  z.object({ at: z.literal('phone'), error: z.string().nullable() }),
  z.object({
    at: z.literal('code'),
    phone: z.string().max(11),
    phoneMasked: z.string(),
    challengeId: z.string(),
    /** Of the codes sent: the renderer empties its boxes. */
    number: z.number().int(),
    error: z.string().nullable(),
    attemptsLeft: z.number().int().nullable(),
  }),
]);
export type ContactPlace = z.infer<typeof ContactPlace>;

const NOTHING = { to: 'nothing' } as const;

export const askContact = (error: string | null = null): Move<ContactPlace> => ({
  to: 'show',
  place: { at: 'phone', error },
  replace: error !== null,
});

const sendTo = (phone: string): PlatformAsk => ({ route: 'sendContactCode', request: { phone } });

export function actOnContact(place: ContactPlace, action: ItemAction): Move<ContactPlace> {
  if (place.at === 'phone') {
    const typed = action.type === 'enter' && /^\d{11}$/.test(action.value);
    return typed ? { to: 'ask', ask: sendTo(action.value) } : NOTHING;
  }
  if (action.type === 'press' && action.id === 'again') return { to: 'ask', ask: sendTo(place.phone) };
  if (action.type !== 'enter' || !/^\d{4,8}$/.test(action.value)) return NOTHING;
  const { challengeId } = place;
  return { to: 'ask', ask: { route: 'checkContactCode', request: { challengeId, code: action.value } } };
}

/** `reached`: the phone is the person's; where the item goes on from. */
export function contactAnswered<Place>(
  place: ContactPlace | undefined,
  told: PlatformTold,
  reached: (by: { phone: string; contactCheckId: string }, at: ContactPlace) => Move<Place>,
): Move<Place | ContactPlace> {
  if (told.route === 'sendContactCode') {
    const { challengeId, phoneMasked } = told.value;
    const { phone } = told.request;
    const number = place?.at === 'code' ? place.number + 1 : 1;
    const code = { at: 'code' as const, phone, phoneMasked, challengeId, number, error: null, attemptsLeft: null };
    return { to: 'show', place: code, replace: place?.at === 'code' };
  }
  if (told.route !== 'checkContactCode' || place?.at !== 'code') return NOTHING;
  if (told.value.accepted) {
    const { contactCheckId } = told.value;
    return reached({ phone: place.phone, contactCheckId }, place);
  }
  const { attemptsLeft } = told.value;
  if (attemptsLeft === 0) return { to: 'show', place: { at: 'phone', error: 'E1203' }, replace: true };
  return { to: 'show', place: { ...place, error: 'E1201', attemptsLeft }, replace: true };
}

/** It is the number on record, or no number; the code is too old. Everything else is a failure like any other. */
export function contactRefused(place: ContactPlace | undefined, code: string): Move<ContactPlace> | undefined {
  if (place?.at === 'phone' && ['E2702', 'E9005'].includes(code)) return askContact(code === 'E2702' ? code : 'E1212');
  if (place?.at === 'code' && ['E1201', 'E1202'].includes(code)) {
    return { to: 'show', place: { ...place, error: code }, replace: true };
  }
  return undefined;
}

export function contactScreen(item: string, place: ContactPlace, { person }: State): Screen {
  if (place.at === 'phone') {
    const former = person?.phoneMasked;
    return {
      screen: 'entry',
      item,
      title: words('请输入新的手机号', 'Please type the new phone number'),
      lead: former
        ? words(`现在登记的是 ${former}，收不到短信也能改。`, `On record: ${former}. It need not be reachable.`)
        : words('我们会往这个号码发一个验证码。', 'A code will be sent to it.'),
      field: 'newPhone',
      ask: { kind: 'phone' },
      error: place.error,
      presses: [],
    };
  }
  const left = place.attemptsLeft;
  return {
    screen: 'entry',
    item,
    title: words('请输入新手机收到的验证码', 'Type the code sent to the new phone'),
    lead: words(`已发到 ${place.phoneMasked}`, `Sent to ${place.phoneMasked}`),
    field: `contactCode${place.number}`,
    ask: { kind: 'digits', min: 6, max: 6 },
    error:
      left === null || place.error !== 'E1201'
        ? place.error
        : words(`验证码不对，还可以试 ${left} 次`, `Wrong code; ${left} more tries`),
    presses: [press('again', words('再发一次', 'Send again'))],
  };
}
