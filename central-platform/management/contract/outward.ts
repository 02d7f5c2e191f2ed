import { z } from 'zod';
import { DepartmentId, DepartmentSettings } from '../../channels/outward/grants.ts';
import { Instant } from './common.ts';
import { get } from './route.ts';

export {
  type DepartmentSettings,
  type Grant,
  OUTWARD_FIELDS,
  type OutwardFieldName,
} from '../../channels/outward/grants.ts';

/** An authority that may ask for data about people, and how much it did in the last thirty days. */
export const DepartmentLine = DepartmentSettings.extend({
  hasKey: z.boolean(),
  asked: z.number().int(),
  /** Questions about somebody the centre knows. */
  found: z.number().int(),
});
export type DepartmentLine = z.infer<typeof DepartmentLine>;

/** What left the centre: which fields, never whose and never their values. */
export const OutwardAnswerLine = z.object({
  at: Instant,
  given: z.array(z.string()),
  withheld: z.array(z.string()),
  found: z.boolean(),
});
export type OutwardAnswerLine = z.infer<typeof OutwardAnswerLine>;

/** What an authority may have is a change (`department.put`), and so are its keys. */
export const outwardRoutes = {
  departments: get('/departments', z.object({}), z.object({ rows: z.array(DepartmentLine) })),
  outwardAnswers: get(
    '/departments/:departmentId/answers',
    z.object({ departmentId: DepartmentId }),
    z.object({ rows: z.array(OutwardAnswerLine) }),
  ),
};
