import { requestSha256 } from '@kiosk/contract/journal/confirmation.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformRequest } from '@kiosk/contract/platform/api.ts';
import type { Identity } from '../identity/identity.ts';
import type { Confirmation } from '../store/request-store.ts';
import { sealJson } from '../vault.ts';
import { personKey } from './case-book.ts';
import type { Desk } from './desk.ts';
import { levelOf } from './levels.ts';
import type { DeskParts } from './work.ts';

/** What the platform itself notes of a person's yes. */
export interface Confirmations {
  /** Errors: E1206, E1214, E2701 not fresh, E2703 the operation confirmed something else, E9005 no signature. */
  confirm(terminalId: string, asked: PlatformRequest<'confirmRequest'>): Promise<Result<{ confirmedAt: number }>>;
  /** Errors: as above, and E2606 nothing of this person waits under the number. */
  complete(terminalId: string, asked: PlatformRequest<'completeIdentity'>): Promise<Result<void>>;
}

export function createConfirmations(
  parts: DeskParts & { readonly identity: Pick<Identity, 'depositor' | 'state'>; readonly desk: Pick<Desk, 'wake'> },
): Confirmations {
  const { identity, store, clock, vault, book, desk } = parts;

  async function noted(
    terminalId: string,
    asked: { identityToken: string; operationId: string; item: string; sha256: string; signature?: unknown },
  ): Promise<Result<Confirmation>> {
    const { identityToken, operationId, item, sha256, signature } = asked;
    const level = levelOf(item) === 'L3' ? 'L3' : 'L2';
    const person = await identity.depositor(terminalId, identityToken, level, item);
    if (!person.ok) return person.error.code === 'E1207' ? fail('E2701') : person;
    if (level === 'L3' && signature === undefined) return fail('E9005', 'signature');
    const state = await identity.state(terminalId, identityToken);
    if (!state.ok) return state;
    const given: Confirmation = {
      ...{ terminalId, operationId, item, level, at: clock.now() },
      depositorId: person.value.depositorId,
      formHash: vault.hash('request form', sha256),
      agent: state.value.agent?.authority ?? null,
      signature: signature === undefined ? null : sealJson(vault, `signature ${terminalId} ${operationId}`, signature),
    };
    const kept = await store.requests.confirm(given);
    if (kept.formHash !== given.formHash || kept.depositorId !== given.depositorId) return fail('E2703');
    if (kept.at === given.at) {
      await store.audit.append({
        ...{ at: given.at, actor: `terminal ${terminalId}`, action: 'request.confirmed', subject: operationId },
        detail: { item, level },
      });
    }
    return ok(kept);
  }

  return {
    async confirm(terminalId, { formSha256: sha256, ...asked }) {
      const kept = await noted(terminalId, { ...asked, sha256 });
      return kept.ok ? ok({ confirmedAt: kept.value.at }) : kept;
    },
    async complete(terminalId, { requestNumber, identityToken, operationId, signature }) {
      const open = await book.open(requestNumber);
      const person = await identity.depositor(terminalId, identityToken);
      if (!person.ok) return person;
      if (!open || open.row.idHash !== personKey(vault, person.value.idNumber)) return fail('E2606');
      const { depositorId } = person.value;
      if (open.now.identity !== null && open.now.depositorId === depositorId) return ok();
      if (open.now.state !== 'identityMissing') return fail('E2606');
      const { item } = open.row;
      const sha256 = requestSha256(open.form, open.person);
      const kept = await noted(terminalId, {
        ...{ identityToken, operationId, item, sha256 },
        ...(signature && { signature }),
      });
      if (!kept.ok) return kept;
      const event = { type: 'identified', by: 'terminal', depositorId, agent: kept.value.agent } as const;
      const told = await book.step(open, event, `terminal ${terminalId}`, clock.now());
      if (!told.ok) return told;
      desk.wake();
      return ok();
    },
  };
}
