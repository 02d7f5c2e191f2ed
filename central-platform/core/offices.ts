import { createHash } from 'node:crypto';
import type { Account, AccountEntry } from '@kiosk/domain/account.ts';
import { INTEREST_ENTRY, type EntryKind } from '@kiosk/domain/code-tables.ts';
import { BRANCHES, CENTRES } from '../catalogue/places.ts';

/** As a column of a form has room for it: without the hall in brackets. */
const OFFICES = BRANCHES.map(({ name }) => name.zh.replace(/（.*$/, ''));
const CENTRE_ITSELF = '结算科';
const CITIES = CENTRES.map(({ city }) => city.zh);
/** 外部转出, 外部转入. */
const CROSS_REGION: readonly EntryKind[] = ['07', '08'];

const choice = (words: readonly string[], of: string): string =>
  words[createHash('sha256').update(of).digest().readUInt32BE() % words.length]!;

/** '临海市中心' is in 临海市; a name that says no city is told whole. */
export const cityOf = (centre: string): string => /^(.+?[市州盟])/.exec(centre)?.[1] ?? centre;

/**
 * 经办机构 of every entry, and of what came from another city or went there the city. The books of invented people do not hold them: a
 * unit pays in at its own office, what a person does is done at one of them, interest is the centre's own. The same for ever for the
 * same entry.
 */
export function withOffices(account: Account): Account {
  const ownOffice = choice(OFFICES, account.unitAccount);
  const entries = account.entries.map((entry): AccountEntry => {
    const { kind, date, city } = entry;
    const own = `${account.accountNumber} ${date} ${kind}`;
    const office =
      kind === INTEREST_ENTRY ? CENTRE_ITSELF : kind === '01' || kind === '02' ? ownOffice : choice(OFFICES, own);
    if (!CROSS_REGION.includes(kind)) return { ...entry, office };
    return { ...entry, office, city: city ?? choice(CITIES, own) };
  });
  return { ...account, entries };
}
