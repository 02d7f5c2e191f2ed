import type { FactorKind } from '@kiosk/contract/platform/identity.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { levelOf, mayFollow } from '@kiosk/domain/identity-level.ts';
import { deviceCode, deviceOf, linkCode } from '../menu.ts';
import type { State } from '../state.ts';
import { words } from '../items/parts.ts';
import { provenOf } from './level.ts';

/** One way to prove who one is, as data: what it needs, and what it is called where one chooses. */
export interface FactorFlow {
  readonly kind: FactorKind;
  readonly title: Words;
  readonly note: Words;
  readonly devices: readonly DeviceKind[];
  /** Without the platform it proves nothing. */
  readonly needsLink: boolean;
  /** Where somebody begins with it. */
  readonly first: boolean;
}

/** In the order in which they are offered; the face is last and never the only one. */
export const FACTORS: readonly FactorFlow[] = [
  {
    kind: 'idCard',
    title: words('身份证件', 'ID card'),
    note: words(
      '居民身份证、港澳台居民居住证、外国人永久居留证',
      'Resident card, residence permit, permanent residence card',
    ),
    devices: ['idCardReader'],
    needsLink: false,
    first: true,
  },
  {
    kind: 'smsCode',
    title: words('短信验证码', 'Code by SMS'),
    note: words('发到您预留的手机', 'To your phone on record'),
    devices: [],
    needsLink: true,
    first: false,
  },
  {
    kind: 'bankCard',
    title: words('银行卡和密码', 'Bank card'),
    note: words('本人的卡，在密码键盘上输密码', 'PIN on the pad'),
    devices: ['bankCardReader', 'pinPad'],
    needsLink: true,
    first: true,
  },
  {
    kind: 'appCode',
    title: words('手机上的电子卡', 'Phone e-card'),
    note: words('打开公积金应用，把二维码对准扫码口', 'Show its code'),
    devices: ['codeScanner'],
    needsLink: true,
    first: true,
  },
  {
    kind: 'face',
    title: words('人脸比对', 'Face'),
    note: words('要您单独同意；也可以用别的方式', 'Only if you agree'),
    devices: ['vendorPlugin', 'idCardReader'],
    needsLink: false,
    first: false,
  },
];

export const factorFlow = (kind: FactorKind): FactorFlow => FACTORS.find((one) => one.kind === kind)!;

/** Why a way cannot be used at this machine now; null: it can. */
export function factorCode(state: State, { kind, devices, needsLink }: FactorFlow): string | null {
  const link = needsLink ? linkCode(state) : null;
  if (link) return link;
  if (kind === 'smsCode' && state.person?.noPhone) return 'E1204';
  for (const device of devices) {
    const code = deviceCode(state, device);
    if (code) return code;
  }
  if (kind === 'face' && !seesFaces(state)) return 'E1701';
  return null;
}

/** A library that compares faces may be there without the camera, or the other way round. */
function seesFaces(state: State): boolean {
  const can = deviceOf(state, 'vendorPlugin')?.capabilities?.vendor ?? [];
  return ['photo', 'face', 'camera'].every((one) => (can as readonly string[]).includes(one));
}

/** Ways that this machine has at all and that would take the person further, those that do not work now with the reason. */
export function waysOf(state: State): readonly { readonly way: FactorFlow; readonly code: string | null }[] {
  const proven = provenOf(state.person);
  const raises = (kind: FactorKind) =>
    // Fresh once more: every way that was good the first time.
    (mayFollow(kind, proven) && levelOf([...proven, kind]) !== levelOf(proven)) || levelOf(proven) === 'L2';
  return FACTORS.filter(({ kind, first, devices }) => {
    const there = devices.every((device) => deviceOf(state, device) !== undefined);
    const fits = proven.length === 0 ? first : raises(kind) && mayFollow(kind, proven);
    return there && fits;
  }).map((way) => ({ way, code: factorCode(state, way) }));
}

/** Another way than the one that is being tried works here. */
export function hasOtherWay(state: State, than: FactorKind | null): boolean {
  return waysOf(state).some(({ way, code }) => code === null && way.kind !== than);
}
