import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { BankCardTerms, FactorProof } from '@kiosk/contract/platform/identity.ts';
import type { ServiceClient } from '@kiosk/contract/rpc/client.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { BankCard, PinBlock } from '@kiosk/contract/services/devices.ts';
import type { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { IdentityAnswers, IdentityAsk, IdentityProgress, IdentityQuestion } from './flow/identity/questions.ts';

export interface IdentityEffects {
  answer(ask: IdentityAsk, signal: AbortSignal): Promise<Result<IdentityAnswers[IdentityQuestion]>>;
  forget(): void;
}

/**
 * What the factors need of devices and platform. Number of a bank card, PIN block, scanned code and score of a face lie here from
 * the device until the platform has them, and nowhere else: no state, view, log or journal ever has one. Each is used once.
 */
export function identityEffects({
  agent,
  host,
  progress,
}: {
  readonly agent: ServiceClient<typeof syncAgent>;
  readonly host: ServiceClient<typeof deviceHost>;
  readonly progress: (event: IdentityProgress) => void;
}): IdentityEffects {
  let bankCard: BankCard | undefined;
  let terms: BankCardTerms | undefined;
  let block: PinBlock | undefined;
  let code: string | undefined;
  let score: number | undefined;

  function forget(): void {
    bankCard = terms = block = code = score = undefined;
  }
  const told = (call: number, step: IdentityProgress['step'], typed?: number) =>
    progress({ type: 'identityProgress', call, step, ...(typed === undefined ? {} : { typed }) });

  async function readBankCard(call: number, signal: AbortSignal) {
    forget();
    const read = await host.call('readBankCard', {}, { signal, onProgress: ({ step }) => told(call, step) });
    if (!read.ok) return read;
    bankCard = read.value;
    return ok({});
  }

  async function bankCardTerms(token: string | null, signal: AbortSignal) {
    if (!bankCard) return fail('E1303');
    const by = token === null ? {} : { identityToken: token };
    const asked = await agent.call('bankCardTerms', { ...by, cardNumber: bankCard.number }, { signal });
    if (!asked.ok) return asked;
    terms = asked.value;
    return ok({ bankName: terms.bankName });
  }

  async function enterPin(call: number, signal: AbortSignal) {
    if (!bankCard || !terms) return fail('E1303');
    const { format, minDigits, maxDigits } = terms;
    const entry = { format, cardNumber: bankCard.number, minDigits, maxDigits };
    const onProgress = ({ digits }: { digits: number }) => told(call, 'typed', digits);
    const entered = await host.call('enterPin', entry, { signal, onProgress });
    if (!entered.ok) return entered;
    block = entered.value;
    return ok({ digits: block.digits });
  }

  async function scanCode(signal: AbortSignal) {
    const scanned = await host.call('scanCode', {}, { signal });
    if (!scanned.ok) return scanned;
    code = scanned.value.text.trim();
    return ok({});
  }

  /** Card and face are compared and both pictures are gone before this answers. */
  async function matchFace({ call, idNumber }: Extract<IdentityAsk, { do: 'matchFace' }>, signal: AbortSignal) {
    const onProgress = ({ step }: { step: 'found' | 'reading' }) => told(call, step);
    const card = await host.call('readIdCard', { extras: ['photoWlt'] }, { signal, onProgress });
    if (!card.ok) return card;
    if (card.value.idNumber !== idNumber) return fail('E1209');
    const wlt = card.value.extras?.photoWlt;
    if (wlt === undefined) return fail('E1103');
    const photo = await host.call('decodePhoto', { wlt }, { signal });
    if (!photo.ok) return photo;
    told(call, 'look');
    const live = await host.call('captureFace', {}, { signal });
    if (!live.ok) return live;
    told(call, 'compare');
    const compared = await host.call('compareFaces', { photo: photo.value, live: live.value }, { signal });
    if (!compared.ok) return compared;
    score = compared.value.score;
    return ok({ score });
  }

  function proofOf(ask: Extract<IdentityAsk, { do: 'prove' }>): FactorProof | undefined {
    switch (ask.factor) {
      case 'idCard':
        return ask.card ? { kind: 'idCard', card: ask.card } : undefined;
      case 'bankCard':
        if (!bankCard || !block) return undefined;
        return {
          kind: 'bankCard',
          cardNumber: bankCard.number,
          block,
          ...(bankCard.holder ? { holderDocument: bankCard.holder.documentNumber } : {}),
        };
      case 'appCode':
        return code === undefined ? undefined : { kind: 'appCode', code };
      case 'face':
        if (score === undefined || ask.consentAt === null) return undefined;
        return { kind: 'face', score, consentAt: ask.consentAt };
      case 'smsCode':
        return undefined;
    }
  }

  async function prove(ask: Extract<IdentityAsk, { do: 'prove' }>, signal: AbortSignal) {
    const proof = proofOf(ask);
    // A PIN block, a code, a score: sent once.
    block = code = score = undefined;
    if (!proof) return fail('E9006', `nothing to prove with: ${ask.factor}`);
    const by = ask.token === null ? {} : { identityToken: ask.token };
    const proven = await agent.call('prove', { ...by, proof }, { signal });
    if (ask.factor === 'bankCard' && (!proven.ok || proven.value.accepted)) forget();
    return proven;
  }

  return {
    forget,
    answer(ask, signal) {
      switch (ask.do) {
        case 'readBankCard':
          return readBankCard(ask.call, signal);
        case 'bankCardTerms':
          return bankCardTerms(ask.token, signal);
        case 'enterPin':
          return enterPin(ask.call, signal);
        case 'ejectCard':
          return host.call('ejectCard', {}, { signal });
        case 'scanAppCode':
          return scanCode(signal);
        case 'layCard':
          return host.call('readIdCard', {}, { signal, onProgress: ({ step }) => told(ask.call, step) });
        case 'matchFace':
          return matchFace(ask, signal);
        case 'prove':
          return prove(ask, signal);
        case 'actFor': {
          const authority = ask.authority.kind === 'eConsent' ? ask.authority : { ...ask.authority, paperNumber: null };
          return agent.call('actFor', { identityToken: ask.token, authority }, { signal });
        }
      }
    },
  };
}
