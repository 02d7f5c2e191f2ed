import { openItem } from '../open.ts';
import type { State } from '../state.ts';
import { type Step, go, then as after } from '../step.ts';
import type { IdentifyPlace, IdentifyStage, Then } from './place.ts';

/** Identified, or not any further: what one came for, or the menu. */
export function goOn(state: State, wanted: Then): Step {
  if (wanted !== null && typeof wanted !== 'string') return go(state, wanted);
  const menu = go(state, { at: 'menu' });
  return wanted === null ? menu : after(menu, (s) => openItem(s, wanted));
}

/** Another place, nothing asked. */
export function place(state: State, wanted: Then, where: IdentifyPlace): Step {
  return go(state, { at: 'identify', then: wanted, place: where, call: null });
}

export const at = (stage: IdentifyStage, where: IdentifyPlace): IdentifyStage => ({
  ...stage,
  place: where,
  call: null,
});

/** Why nothing worked, where another way may. */
export const ways = (state: State, wanted: Then, problem: string | null = null): Step =>
  place(state, wanted, { kind: 'ways', problem });
