import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { ContentOf } from '@kiosk/documents/index.ts';
import type { CityParameters } from '@kiosk/domain/city.ts';
import { addDays, type CalendarDate, shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import { deadlineFrom } from '../core/review/review.ts';
import type { Vault } from '../vault.ts';
import { type CaseBook, type OpenCase, personKey } from './case-book.ts';
import { materialWords } from './words.ts';

/** What the acceptance slip says beside the person, as it stood when the request came: the same whenever it is printed. */
export type Accepted = Omit<ContentOf<'acceptance'>, 'person'>;

const Dossier = z.object({
  supplied: z.array(z.object({ material: z.string(), by: z.string() })).default([]),
  gaps: z.array(z.object({ material: z.string(), as: z.string() })).default([]),
});

/** Error: E2606 no such request of this person. */
export type FindAccepted = (requestNumber: string, idNumber: string) => Promise<Result<Accepted>>;

export function acceptances(parts: {
  readonly book: Pick<CaseBook, 'open'>;
  readonly vault: Vault;
  readonly catalogue: () => Promise<Catalogue>;
  readonly city: CityParameters;
  readonly isHoliday: (date: CalendarDate) => boolean;
}): FindAccepted {
  const { book, vault, catalogue, city, isHoliday } = parts;
  return async (requestNumber, idNumber) => {
    const open = await book.open(requestNumber);
    if (!open || open.row.idHash !== personKey(vault, idNumber)) return fail('E2606');
    const { item, receivedAt } = open.row;
    const name = (await catalogue()).items.find(({ id }) => id === item)?.name.zh ?? item;
    const day = shanghaiDate(receivedAt);
    const { received, missing } = materialsOf(open);
    return ok({
      ...{ caseNumber: requestNumber, itemName: name, acceptedAt: receivedAt, received, missing },
      supplyBy: missing.length > 0 ? addDays(day, city.review.supplementDays) : null,
      decideBy: deadlineFrom(day, city, isHoliday),
    });
  };
}

/** From the form alone: what became of it since is told by its progress, not by a slip that says what was taken. */
function materialsOf({ form }: OpenCase): { readonly received: string[]; readonly missing: string[] } {
  const { supplied, gaps } = Dossier.parse(form);
  const named = (material: string) => materialWords(material).zh;
  const committed = gaps.filter(({ as }) => as === 'commitment');
  return {
    received: [
      ...supplied.map(({ material, by }) => `${named(material)}${by === 'consent' ? '（授权核验）' : ''}`),
      ...committed.map(({ material }) => `${named(material)}（已承诺）`),
    ].slice(0, 20),
    missing: gaps.filter(({ as }) => as === 'later').map(({ material }) => named(material)),
  };
}
