import type { BundlePart } from '@kiosk/contract/journal/request-form.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import type { Vault } from '../../vault.ts';
import type { Act, Why } from '../life.ts';
import { GRANTED, REFUSED, WHY_WORDS } from '../words.ts';
import { carryOut, type Work, toPerson } from '../work.ts';

export const lastFour = (card: string): string => card.slice(-4);
export const cardHash = (vault: Vault, card: string): string => vault.hash('payout card', card);
export const contactHash = (vault: Vault, phone: string): string => vault.hash('contact phone', phone);

/** A change that was carried out, was refused by the core, or that a person has to look at. */
type Changed = { readonly act: Act } | { readonly why: Why } | { readonly refused: true };

/** B01. Only a number that a code has reached; from then on it is the number of every channel. */
export async function changePhone(work: Work, checkId: string | undefined, reference: string): Promise<Changed> {
  const { parts, person, depositor, row } = work;
  const phone = person?.newPhone;
  if (phone === undefined) return { why: 'check-missing' };
  const check = checkId === undefined ? undefined : await parts.store.requests.contactCheck(checkId);
  const reached =
    check?.depositorId === depositor.depositorId &&
    check.provenAt !== null &&
    check.phoneHash === contactHash(parts.vault, phone);
  // A member of the staff has looked at the person and the phone.
  if (!reached && work.by === 'system') return { why: 'check-missing' };
  const { depositorId } = depositor;
  const act = await carryOut(work, { reference, kind: 'phone', amountFen: null, order: { phone } }, async (order) => {
    const changed = await parts.core.changePhone({ reference, depositorId, phone: String(order['phone']) });
    return changed.ok ? ok({ results: { phone: maskPhone(phone) } }) : changed;
  });
  if (act.outcome === 'done') await parts.people.identified({ ...depositor, phone }, row.channelId);
  return { act };
}

/** The bank has said that this card is the person's. */
export async function verifiedCard(
  work: Work,
  checkId: string | undefined,
): Promise<{ readonly cardNumber: string; readonly bankName: string } | undefined> {
  const { parts, person, depositor } = work;
  const cardNumber = person?.cardNumber;
  if (cardNumber === undefined) return undefined;
  const check = checkId === undefined ? undefined : await parts.store.requests.cardCheck(checkId);
  if (work.by !== 'system') {
    const { name, idNumber } = depositor;
    const asked = await parts.bank.verifyCard({
      ...{ reference: work.row.requestNumber, actor: work.by, name, idNumber, cardNumber },
    });
    return asked.ok ? { cardNumber, bankName: asked.value.bankName } : undefined;
  }
  const good = check?.verified && check.depositorId === depositor.depositorId;
  return good && check.cardHash === cardHash(parts.vault, cardNumber)
    ? { cardNumber, bankName: check.bankName }
    : undefined;
}

/** B02. */
export async function changeCard(work: Work, checkId: string | undefined, reference: string): Promise<Changed> {
  const card = await verifiedCard(work, checkId);
  if (!card) return { why: 'check-missing' };
  const { depositorId } = work.depositor;
  const act = await carryOut(work, { reference, kind: 'card', amountFen: null, order: { card } }, async () => {
    const changed = await work.parts.core.changePayoutCard({ reference, depositorId, card });
    const results = { card: { bankName: card.bankName, card: lastFour(card.cardNumber) } };
    return changed.ok ? ok({ results }) : changed;
  });
  return { act };
}

/** B09: consent of the depositor to somebody outside, given or taken back. */
export async function changeConsent(
  work: Work,
  form: Extract<BundlePart, { item: 'B09' }>,
  reference: string,
): Promise<Changed> {
  const { parts, depositor, row } = work;
  const outward = parts.outward();
  const { act: what, receiverId, consentId } = form;
  const department = (await outward.departments()).find((one) => one.departmentId === receiverId);
  if (what === 'given' && !department) return { refused: true };
  const askable = department?.grants.flatMap(({ field, consent }) => (consent ? [field] : [])) ?? [];
  const fields = form.fields?.length ? form.fields : askable;
  const order = { what, receiverId, consentId, fields, days: form.days ?? 30, at: parts.clock.now() };
  const give = async () => {
    const given = await outward.consent(
      depositor,
      { departmentId: receiverId, fields, days: order.days },
      row.channelId,
    );
    return given.ok
      ? ok({ results: { consent: { consentId: given.value.consentId, until: given.value.until } } })
      : given;
  };
  const act = await carryOut(
    work,
    { reference, kind: 'consent', amountFen: null, order },
    async () => {
      if (what === 'given') return give();
      const done = await outward.withdraw(depositor.depositorId, consentId ?? '', row.channelId);
      return done.ok ? ok({ results: { consent: { consentId: consentId ?? '', until: null } } }) : done;
    },
    // A process died in between: what it gave is found by when it was begun.
    async (begun) => {
      const all = await outward.consents(depositor.depositorId);
      const mine = all.find((one) =>
        what === 'given'
          ? one.departmentId === receiverId && one.givenAt >= Number(begun['at'])
          : one.consentId === consentId && one.withdrawnAt !== null,
      );
      if (mine)
        return ok({ results: { consent: { consentId: mine.consentId, until: mine.withdrawnAt ? null : mine.until } } });
      if (what === 'given') return give();
      const done = await outward.withdraw(depositor.depositorId, consentId ?? '', row.channelId);
      return done.ok ? ok({}) : done;
    },
  );
  return { act };
}

export function carryPart(work: Work, part: BundlePart, reference: string): Promise<Changed> {
  switch (part.item) {
    case 'B01':
      return changePhone(work, part.contactCheckId, reference);
    case 'B02':
      return changeCard(work, part.cardCheckId, reference);
    case 'B09':
      return changeConsent(work, part, reference);
  }
}

/** A request that is nothing but one change. */
export async function decideChange(work: Work, part: BundlePart): Promise<void> {
  const changed = await carryPart(work, part, work.row.requestNumber);
  if ('why' in changed) return toPerson(work, [changed.why]);
  if ('refused' in changed) return work.apply({ type: 'decided', verdict: 'refused', by: 'rules', words: REFUSED });
  switch (changed.act.outcome) {
    case 'done':
      return work.apply({ type: 'decided', verdict: 'granted', by: 'rules', words: GRANTED });
    case 'failed':
      return part.item === 'B09'
        ? work.apply({ type: 'decided', verdict: 'refused', by: 'rules', words: REFUSED })
        : toPerson(work, ['core-refused']);
    default:
      return toPerson(work, ['unknown-outcome']);
  }
}

export type PartResult = {
  readonly item: string;
  readonly verdict: 'granted' | 'refused' | 'open';
  readonly words: { zh: string; en: string };
};

/** The parts of a bundle in their order; the first that is not done ends it. */
export async function carryParts(
  work: Work,
  parts: readonly BundlePart[],
): Promise<{ results: PartResult[]; why: Why | null }> {
  const results: PartResult[] = [];
  for (const [i, part] of parts.entries()) {
    const changed = await carryPart(work, part, `${work.row.requestNumber}.${i + 1}`);
    const done = 'act' in changed && changed.act.outcome === 'done';
    const why: Why =
      'why' in changed
        ? changed.why
        : 'act' in changed && changed.act.outcome === 'unknown'
          ? 'unknown-outcome'
          : 'core-refused';
    results.push({ item: part.item, verdict: done ? 'granted' : 'open', words: done ? GRANTED : WHY_WORDS[why] });
    if (!done) return { results, why };
  }
  return { results, why: null };
}
