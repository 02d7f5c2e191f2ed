import type { Words } from '@kiosk/contract/services/common.ts';
import { ACCOUNT_STATES } from '@kiosk/domain/code-tables.ts';

/** English for the states of a person's account (JGJ/T 320 table A.6). */
const ENGLISH: Readonly<Record<keyof typeof ACCOUNT_STATES, string>> = {
  '01': 'Active',
  '02': 'Sealed (deposits stopped)',
  '03': 'Closed by merging',
  '04': 'Closed, moved to another centre',
  '05': 'Closed by withdrawal',
  '06': 'Frozen',
  '99': 'Other',
};

/** An unknown code is shown as other, not as a code nobody can read. */
export function accountStateWords(code: string): Words {
  const known = Object.hasOwn(ACCOUNT_STATES, code) ? (code as keyof typeof ACCOUNT_STATES) : '99';
  return { zh: ACCOUNT_STATES[known], en: ENGLISH[known] };
}
