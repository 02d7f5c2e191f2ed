import type { Account, AccountEntry } from '@kiosk/domain/account.ts';
import { CERTIFICATE_KINDS } from '@kiosk/domain/certificates.ts';
import type { CityParameters } from '@kiosk/domain/city.ts';
import type { CalendarDate } from '@kiosk/domain/dates.ts';
import { bookLoan, type LoanPlan } from '@kiosk/domain/loan-book.ts';
import { z } from 'zod';
import type { CorePerson, CoreStore, CoreYear } from '../store/core-store.ts';
import { openJson, sealJson, type Vault } from '../vault.ts';
import type { Depositor } from './core-system.ts';

/** What of a person is sealed. Loans follow by arithmetic from how they were agreed. */
export const PersonSecret = z.object({
  name: z.string(),
  kind: z.enum(Object.keys(CERTIFICATE_KINDS) as [keyof typeof CERTIFICATE_KINDS]),
  number: z.string(),
  phone: z.string().nullable(),
  card: z.object({ bankName: z.string(), cardNumber: z.string() }).nullable(),
  /** By the place of the account. */
  accounts: z.array(z.string()),
  loans: z.array(z.custom<LoanPlan>((value) => z.object({ loanNumber: z.string() }).safeParse(value).success)),
});
export type PersonSecret = z.infer<typeof PersonSecret>;

const context = (depositorId: string): string => `core person ${depositorId}`;

export const idHashOf = (vault: Vault, number: string): string => vault.hash('core document', number);

export function sealPerson(vault: Vault, depositorId: string, secret: PersonSecret): CorePerson {
  const sealed = sealJson(vault, context(depositorId), secret);
  return { depositorId, idHash: idHashOf(vault, secret.number), sealed };
}

/** A depositor as the books have it, and how each loan was agreed. */
export interface Booked {
  readonly depositor: Depositor;
  readonly plans: readonly LoanPlan[];
}

/** A depositor from the books, up to the day they were written; loans up to `today`. */
export async function readDepositor(
  store: CoreStore,
  vault: Vault,
  { depositorId, sealed }: CorePerson,
  city: CityParameters,
  today: CalendarDate,
): Promise<Booked> {
  const secret = PersonSecret.parse(openJson(vault, context(depositorId), sealed));
  const [accounts, years] = await Promise.all([store.accounts(depositorId), store.years(depositorId)]);
  const depositor: Depositor = {
    depositorId,
    name: secret.name,
    certificateKind: secret.kind,
    idNumber: secret.number,
    phone: secret.phone,
    payoutCard: secret.card,
    accounts: inUseFirst(
      accounts.map(({ place, name, unitAccount, baseFen, paidToMonth, ...facts }) => {
        const entries = entriesOf(years.filter((year) => year.place === place));
        return {
          accountNumber: secret.accounts[place]!,
          kind: facts.kind,
          unitName: name,
          unitAccount,
          state: facts.state,
          openedOn: facts.openedOn,
          contributionBaseFen: baseFen,
          unitRatio: facts.unitRatio,
          personRatio: facts.personRatio,
          unitMonthlyFen: facts.unitMonthlyFen,
          personMonthlyFen: facts.personMonthlyFen,
          ...(paidToMonth === null ? {} : { paidToMonth }),
          balanceFen: entries.at(-1)?.balanceFen ?? 0,
          frozenFen: facts.frozenFen,
          sealedSince: facts.sealedSince,
          entries,
        };
      }),
    ),
    loans: secret.loans.map((plan) => bookLoan(plan, city, today)),
  };
  return { depositor, plans: secret.loans };
}

function entriesOf(years: readonly CoreYear[]): AccountEntry[] {
  const entries: AccountEntry[] = [];
  for (const { openingFen, entries: ofYear } of years) {
    let balanceFen = openingFen;
    for (const entry of ofYear) entries.push({ ...entry, balanceFen: (balanceFen += entry.inFen - entry.outFen) });
  }
  return entries;
}

/** Of several accounts the one that is paid into comes first, the fund itself before subsidies. */
export function inUseFirst(accounts: readonly Account[]): readonly Account[] {
  const rank = ({ state, kind }: Account): number => (state === '01' ? 0 : 2) + (kind === 'general' ? 0 : 1);
  return [...accounts].sort((a, b) => rank(a) - rank(b));
}
