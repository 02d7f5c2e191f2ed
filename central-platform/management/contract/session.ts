import { z } from 'zod';
import { Instant, Login, Words } from './common.ts';
import { get, Nothing, post, Role } from './route.ts';

/** At least 12 characters; common ones and the login itself are refused. */
export const NewSecret = z.string().min(12).max(200);

export const Me = z.object({
  login: Login,
  name: z.string(),
  role: Role,
  /** A secret that somebody else gave has to be changed before anything else can be done. */
  mustChangeSecret: z.boolean(),
  /** Goes back in the header X-CSRF-Token with every POST. */
  csrfToken: z.string(),
  /** Without a request for so long the session ends. */
  idleSeconds: z.number().int(),
  sessionEndsAt: Instant,
  centre: z.object({ id: z.string(), name: Words }),
  /** Synthetic people: every page says so. */
  demonstration: z.boolean(),
  serverTime: Instant,
});
export type Me = z.infer<typeof Me>;

/** What wants somebody's attention, for the navigation. Counts. */
export const Attention = z.object({
  /** Changes that wait for this person's approval: somebody else proposed them. */
  approvals: z.number().int(),
  terminalsInFault: z.number().int(),
  terminalsSilent: z.number().int(),
  workOrdersOpen: z.number().int(),
  workOrdersOverdue: z.number().int(),
  casesOpen: z.number().int(),
  quarantined: z.number().int(),
  anomalies: z.number().int(),
  /** Security events of the last 24 hours. */
  alarms: z.number().int(),
  channelsStopped: z.number().int(),
  requestsWaiting: z.number().int(),
});
export type Attention = z.infer<typeof Attention>;

export const sessionRoutes = {
  /** Errors: E2502 wrong, E2503 locked for so many seconds. Sets the session cookie. */
  signIn: post('/session', z.object({ login: z.string().max(64), secret: z.string().max(200) }), Me),
  /** Errors: E2501 not signed in. */
  me: get('/session', z.object({}), Me),
  signOut: post('/session/end', z.object({}), Nothing),
  /** Errors: E2502 the old one is wrong, E2510 the new one is too easy. Ends every other session of this person. */
  changeSecret: post('/session/secret', z.object({ old: z.string().max(200), new: NewSecret }), Me),
  attention: get('/attention', z.object({}), Attention),
};
