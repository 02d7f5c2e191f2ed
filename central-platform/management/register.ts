import { RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskName } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import type { Approval } from '../downlink/office.ts';
import { requestContext } from '../ingest/effect.ts';
import type { WorkStore } from '../store/desk-store.ts';
import type { FigureStore, KeptRegisterEntry } from '../store/figures-store.ts';
import { openJson, type Vault } from '../vault.ts';

const Content = z.object({ person: RequestPerson.nullable() });

/** Broken commitments and bad faith (失信): a keyed hash of the person and a masked name, until a day. */
export interface PersonRegister {
  /** Errors: E2508 no such request, or nobody is named in it. */
  check(requestNumber: string): Promise<Result<{ readonly name: string | null }>>;
  add(
    entry: Pick<KeptRegisterEntry, 'requestNumber' | 'what' | 'until' | 'reason'> & Approval,
  ): Promise<Result<number>>;
  /** Whether this person stands in it today; for rules that ask before they decide. */
  inForce(idNumber: string): Promise<boolean>;
}

const PURPOSE = 'bad-faith register';

export function createPersonRegister(parts: {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly work: Pick<WorkStore, 'lookup'>;
  readonly figures: Pick<FigureStore, 'addRegister' | 'register'>;
}): PersonRegister {
  const { clock, vault, work, figures } = parts;

  async function personOf(requestNumber: string) {
    const row = await work.lookup(requestNumber);
    if (!row) return undefined;
    const content = Content.safeParse(openJson(vault, requestContext(row.requestNumber), row.content));
    return content.success ? (content.data.person ?? undefined) : undefined;
  }

  return {
    async check(requestNumber) {
      const person = await personOf(requestNumber);
      if (person?.idNumber === undefined) return fail('E2508', 'the request names nobody');
      return ok({ name: person.name === undefined ? null : maskName(person.name) });
    },
    async add({ requestNumber, what, until, reason, by, approvedBy }) {
      const person = await personOf(requestNumber);
      if (person?.idNumber === undefined) return fail('E2508', 'the request names nobody');
      const nameMasked = person.name === undefined ? null : maskName(person.name);
      const personHash = vault.hash(PURPOSE, person.idNumber);
      const from = clock.now();
      return ok(
        await figures.addRegister({
          ...{ what, personHash, nameMasked, requestNumber, from, until, reason, by, approvedBy },
        }),
      );
    },
    async inForce(idNumber) {
      const hash = vault.hash(PURPOSE, idNumber);
      const today = shanghaiDate(clock.now());
      return (await figures.register()).some(
        ({ personHash, lifted, until }) => personHash === hash && !lifted && until >= today,
      );
    },
  };
}
