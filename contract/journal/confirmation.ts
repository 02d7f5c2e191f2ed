import { createHash } from 'node:crypto';
import type { RequestForm, RequestPerson } from './request-form.ts';

/**
 * What a depositor confirmed, in 64 hex digits: the form and everything personal that belongs to it, without the signature. Both ends
 * compute it: the session before `confirmRequest`, the platform when the entry arrives. It is not journaled.
 */
export function requestSha256(form: RequestForm, person: RequestPerson | null | undefined): string {
  const { signature: _signature, ...rest } = person ?? {};
  return createHash('sha256')
    .update(canonical({ form, person: rest }))
    .digest('hex');
}

/** JSON with its keys in order and without what is undefined, so that the same value is the same text everywhere. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`);
  return `{${fields.join(',')}}`;
}
