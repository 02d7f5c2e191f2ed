import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { FactorKind } from '@kiosk/contract/platform/identity.ts';
import type { Capabilities } from '@kiosk/contract/services/devices.ts';
import type { DeviceKind, DeviceStatus } from '@kiosk/contract/services/device-host.ts';
import { levelOf } from '@kiosk/domain/identity-level.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { IdentityAnswers } from '../flow/identity/questions.ts';
import type { HostSnapshot } from '../flow/state.ts';
import * as F from './fixtures.ts';

const device = (id: string, kind: DeviceKind, capabilities?: Capabilities): DeviceStatus => ({
  ...{ id, kind, driver: id, state: 'ready', warnings: [], since: F.NOW, counters: {} },
  ...(capabilities ? { capabilities } : {}),
});

/** A machine with every device that proves who somebody is. */
export function fullHost(changes: Readonly<Record<string, Partial<DeviceStatus>>> = {}): HostSnapshot {
  const host = F.hostSnapshot();
  const more = [
    device('bank-card-reader', 'bankCardReader'),
    device('pin-pad', 'pinPad'),
    device('code-scanner', 'codeScanner'),
    device('io-board', 'ioBoard'),
    device('faces', 'vendorPlugin', { vendor: ['photo', 'face', 'camera'] }),
  ];
  return { ...host, devices: [...host.devices, ...more].map((status) => ({ ...status, ...changes[status.id] })) };
}

export const FIRST_TOKEN = 'identity-token-of-one-factor';
/** Whoever acts for the person of the fixtures. */
export const AGENT = syntheticPerson('middle-dot', F.TODAY);

/** What the platform says once these were accepted. */
export function provenBy(
  kinds: readonly FactorKind[],
  person: { readonly name: string; readonly idNumber: string; readonly phone: string | null } = F.PERSON,
): Extract<PlatformAnswer<'prove'>, { accepted: true }> {
  const level = levelOf(kinds);
  return {
    accepted: true,
    identityToken: level === 'L2' ? F.TOKEN : FIRST_TOKEN,
    level: level === 'L2' ? 'L3' : 'L1',
    factors: kinds.map((kind) => ({ kind, at: F.NOW })),
    expiresAt: F.NOW + 900_000,
    person: {
      name: person.name,
      idNumber: person.idNumber,
      phoneMasked: person.phone === null ? null : maskPhone(person.phone),
    },
  };
}

/** Good answers, some of them unwelcome. `kinds`: what the platform holds for proven after this one. */
export function identityAnswers(variant: number, kinds: readonly FactorKind[] = ['idCard']): IdentityAnswers {
  const acting = provenBy(kinds);
  return {
    readBankCard: {},
    bankCardTerms: { bankName: '江州示范银行' },
    enterPin: { digits: 6 },
    ejectCard: {},
    scanAppCode: {},
    layCard: variant % 4 === 3 ? F.CARD_WITH_WRONG_CHECK_DIGIT : F.CARD,
    matchFace: { score: variant % 2 === 0 ? 0.93 : 0.4 },
    prove: variant % 3 === 2 ? { accepted: false, attemptsLeft: variant % 2 } : provenBy(kinds),
    actFor: {
      identityToken: 'token of an agent',
      level: 'L1',
      factors: acting.factors,
      expiresAt: acting.expiresAt,
      person: acting.person,
      agent: { nameMasked: '阿*', idNumberMasked: '3****************1', authority: 'paper', items: [] },
    },
  };
}
