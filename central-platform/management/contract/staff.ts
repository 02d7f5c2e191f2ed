import { z } from 'zod';
import { Instant, Login, Text } from './common.ts';
import { get, post, Role } from './route.ts';

export const StaffLine = z.object({
  login: Login,
  name: z.string(),
  role: Role,
  state: z.enum(['active', 'disabled']),
  lockedUntil: Instant.nullable(),
  mustChangeSecret: z.boolean(),
  createdAt: Instant,
  lastSignInAt: Instant.nullable(),
  sessions: z.number().int(),
});
export type StaffLine = z.infer<typeof StaffLine>;

const One = { login: Login };
/** Shown once; the person changes it at the first sign-in. */
const WithSecret = z.object({ staff: StaffLine, secret: z.string() });

export const staffRoutes = {
  staff: get('/staff', z.object({}), z.object({ rows: z.array(StaffLine) })),
  addStaff: post('/staff', z.object({ ...One, name: Text(40), role: Role }), WithSecret),
  /** Nobody changes their own role or disables themselves (E2506); the last administrator stays one (E2516). */
  changeStaff: post(
    '/staff/:login',
    z.object({
      ...One,
      name: Text(40).optional(),
      role: Role.optional(),
      state: z.enum(['active', 'disabled']).optional(),
    }),
    StaffLine,
  ),
  resetSecret: post('/staff/:login/secret', z.object(One), WithSecret),
  unlockStaff: post('/staff/:login/unlock', z.object(One), StaffLine),
};
