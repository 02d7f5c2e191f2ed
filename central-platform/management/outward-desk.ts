import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import { DepartmentSettings } from '../channels/outward/grants.ts';
import type { Store } from '../store/store.ts';
import type { Handlers } from './handlers.ts';

const SINCE_MS = 30 * 86_400_000;
const MOST_ANSWERS = 100;

/** Which authority may have what, and what it asked for. */
export function outwardHandlers({
  clock,
  store,
}: {
  readonly clock: Clock;
  readonly store: Pick<Store, 'outward'>;
}): Handlers<'departments' | 'outwardAnswers'> {
  const { outward } = store;
  return {
    async departments() {
      const counts = new Map((await outward.counts(clock.now() - SINCE_MS)).map((one) => [one.departmentId, one]));
      const rows = (await outward.departments()).map(({ departmentId, keyHash, settings }) => {
        const { asked = 0, found = 0 } = counts.get(departmentId) ?? {};
        return { ...DepartmentSettings.parse(JSON.parse(settings)), hasKey: keyHash !== null, asked, found };
      });
      return ok({ rows });
    },
    async outwardAnswers({ departmentId }) {
      if (!(await outward.department(departmentId))) return fail('E2508', departmentId);
      const rows = await outward.answers(departmentId, MOST_ANSWERS);
      return ok({
        rows: rows.map(({ at, given, withheld, found }) => ({
          ...{ at, given: [...given], withheld: [...withheld], found },
        })),
      });
    },
  };
}
