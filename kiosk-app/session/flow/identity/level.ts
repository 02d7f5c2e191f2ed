import type { FactorKind, IdentityLevel } from '@kiosk/contract/platform/identity.ts';
import { isAtLeast, levelOf } from '@kiosk/domain/identity-level.ts';
import type { ServiceItem } from '@kiosk/contract/platform/api.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { linkCode } from '../menu.ts';
import type { Person, State } from '../state.ts';

/** What has been proven of the person, by the platform or, while it cannot be asked, by this machine. */
export function provenOf(person: Person | null): readonly FactorKind[] {
  if (!person) return [];
  return person.proof ? person.proof.factors.map(({ kind }) => kind) : person.local;
}

/** The level of whoever stands there now. Without the platform no more than L2, and that only by a face compared here. */
export function levelNow({ person, time }: State): IdentityLevel {
  if (!person) return 'L0';
  const { proof } = person;
  if (!proof) return levelOf(person.local);
  if (proof.agent?.authority === 'paper') return 'L1';
  const level = levelOf(proof.factors.map(({ kind }) => kind));
  return level === 'L2' && time.mono < proof.freshUntil ? 'L3' : level;
}

export const reached = (state: State, level: IdentityLevel): boolean => isAtLeast(levelNow(state), level);

/**
 * Whether an item may begin. Two factors by the platform; an item that is taken offline as a request begins with what can be proven
 * here, and the platform completes the rest before anybody decides.
 */
export function mayBegin(state: State, item: Pick<ServiceItem, 'level' | 'offline'>): boolean {
  if (item.level === 'L0') return true;
  if (!state.person) return false;
  if (item.level === 'L1' || state.person.token !== null) return true;
  return linkCode(state) !== null && item.offline === 'queue';
}

/** What screen and slip say of a request whose identity is not complete; null: it is. */
export function stillToComplete(state: State, level: IdentityLevel): Words | null {
  const asked = level === 'L3' ? 'L2' : level;
  if (state.person?.proof?.agent?.authority === 'paper') {
    return {
      zh: '这是代办申请。请带授权书原件到窗口，核对后才会办理。',
      en: 'Left by an agent. Please bring the original authorisation to the counter; it is handled once it was seen.',
    };
  }
  if (reached(state, asked) && linkCode(state) === null) return null;
  return {
    zh: '现在连不上中心，身份只在本机核对了一步。联网后中心会先核实您的身份，再办理；如需您配合，会打预留电话。',
    en: 'The centre cannot be reached, and your identity was checked on this machine only. The centre completes it before anything is decided and calls the number on record if it needs you.',
  };
}
