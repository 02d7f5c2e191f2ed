/**
 * What a request is, as far as its address tells. In this order they are let in when there is not room for all:
 *
 * - interactive: a person stands at a screen and waits. There are never more of them than screens, and a drain that waits a second
 *   loses nothing, because the journal keeps it.
 * - business: what people left and what was paid or printed for them. Delivered before anything else that is only delivered.
 * - control: heartbeats, what comes down (a stop among it), reconciliation, certificates: small, and rare.
 * - audit: has to arrive, need not arrive now.
 * - telemetry: may be thinned; the newest is worth most.
 * - enrolment: callers nobody knows yet, never at the cost of those who are known.
 */
export const PRIORITIES = ['interactive', 'business', 'control', 'audit', 'telemetry', 'enrolment'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What is asked while somebody stands there; a test holds it to the routes that pass the gates. */
const AT_A_SCREEN = new RegExp(
  `^/v1/(${[
    ...['identity', 'accounts', 'loans', 'withdrawals', 'documents', 'certificates', 'requests', 'contacts', 'cards'],
    ...['handovers', 'branches', 'consents', 'appointments'],
  ].join('|')})(/|$)`,
);

/** From the first line of a request alone. What has no route here is turned away later and is last until then. */
export function priorityOf(url: string): Priority {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  const batches = /^\/v1\/streams\/(business|audit|telemetry)\/batches$/.exec(path)?.[1];
  if (batches !== undefined) return batches as 'business' | 'audit' | 'telemetry';
  if (AT_A_SCREEN.test(path)) return 'interactive';
  if (/^\/v1\/(heartbeat$|downlink$|certificate$|reconciliation\/|streams\/)/.test(path)) return 'control';
  return 'enrolment';
}
