import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { AskingDepartment, Consents, GivenConsent } from '@kiosk/contract/platform/consents.ts';
import { type DepartmentSettings, inDates, OUTWARD_FIELDS, type OutwardFieldName } from '../channels/outward/grants.ts';
import type { OutwardService } from '../channels/outward/service.ts';

const MOST = 100;

/** What a person allowed offices outside, in words, and which offices may be allowed something now. */
export async function consentsOf(
  depositorId: string,
  { clock, outward }: { readonly clock: Clock; readonly outward: Pick<OutwardService, 'consents' | 'departments'> },
): Promise<Consents> {
  const now = clock.now();
  const departments = await outward.departments();
  const given = await outward.consents(depositorId);
  const named = new Map(departments.map((one) => [one.departmentId, one]));
  const consents = given
    .toSorted((a, b) => b.givenAt - a.givenAt)
    .slice(0, MOST)
    .map(({ consentId, departmentId, fields, givenAt, until, withdrawnAt }): GivenConsent => {
      const department = named.get(departmentId);
      const unnamed = { zh: departmentId, en: departmentId };
      return {
        ...{ consentId, departmentId, givenAt, until },
        department: department?.name ?? unnamed,
        purpose: department?.purposeWords ?? unnamed,
        fields: fields.map(wordsOf),
        state: withdrawnAt !== null ? 'withdrawn' : now < until ? 'valid' : 'ended',
      };
    });
  const asking = departments.filter((one) => one.enabled && inDates(one, now)).flatMap(askingOf);
  return { departments: asking.slice(0, 40), consents };
}

/** Of an office that needs no consent there is nothing to choose. */
function askingOf({ departmentId, name, purposeWords, grants }: DepartmentSettings): AskingDepartment[] {
  const fields = grants.filter(({ consent }) => consent).map(({ field }) => ({ id: field, words: wordsOf(field) }));
  return fields.length === 0 ? [] : [{ id: departmentId, name, purpose: purposeWords, fields: fields.slice(0, 20) }];
}

const wordsOf = (field: string) => OUTWARD_FIELDS[field as OutwardFieldName]?.words ?? { zh: field, en: field };
