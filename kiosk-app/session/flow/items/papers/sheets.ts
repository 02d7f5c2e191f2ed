import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { type OwnAccount, chooseAccount } from '../accounts.ts';
import { type Move, flow } from '../item-flow.ts';
import { atPlace, money, placeId, tail, words } from '../parts.ts';

type Loan = PlatformAnswer<'loans'>['loans'][number];
type Place =
  | { readonly at: 'kind' }
  | { readonly at: 'account'; readonly accounts: readonly OwnAccount[] }
  | { readonly at: 'loan'; readonly loans: readonly Loan[] };

const NOTHING = { to: 'nothing' } as const;
const ACCOUNT = words('账户信息单', 'Account information sheet');
const LOAN = words('贷款信息单', 'Loan information sheet');

/** P07: what the screen says about the account or a loan, on paper. */
export const sheetFlow = flow<Place>({
  items: ['P07'],
  needs: 'documentPrinter',
  open: () => ({ to: 'show', place: { at: 'kind' } }),

  answered(place, told) {
    if (place === undefined) return NOTHING;
    if (told.route === 'accounts') return ofAccounts(told.value.accounts, place);
    return told.route === 'loans' ? ofLoans(told.value.loans, place) : NOTHING;
  },

  act(place, action) {
    if (action.type !== 'choose') return NOTHING;
    const { id } = action;
    switch (place.at) {
      case 'kind':
        if (id === 'account') return { to: 'ask', ask: { route: 'accounts', request: {} }, place };
        return id === 'loan' ? { to: 'ask', ask: { route: 'loans', request: {} }, place } : NOTHING;
      case 'account':
        return accountSheet(atPlace(place.accounts, id), place);
      case 'loan':
        return loanSheet(atPlace(place.loans, id), place);
    }
  },

  view(place) {
    switch (place.at) {
      case 'kind':
        return kindScreen();
      case 'account':
        return chooseAccount('P07', place.accounts);
      case 'loan':
        return loanScreen(place.loans);
    }
  },
});

function accountSheet(account: OwnAccount | undefined, place: Place): Move<Place> {
  if (!account) return NOTHING;
  const { accountNumber } = account;
  return { to: 'issue', paper: { kind: 'accountSheet', accountNumber }, title: ACCOUNT, place };
}

function loanSheet(loan: Loan | undefined, place: Place): Move<Place> {
  if (!loan) return NOTHING;
  const { loanNumber } = loan;
  return { to: 'issue', paper: { kind: 'loanSheet', loanNumber }, title: LOAN, place };
}

function ofAccounts(accounts: readonly OwnAccount[], place: Place): Move<Place> {
  const [only] = accounts;
  if (only && accounts.length === 1) return accountSheet(only, place);
  return { to: 'show', place: { at: 'account', accounts } };
}

function ofLoans(loans: readonly Loan[], place: Place): Move<Place> {
  const [only] = loans;
  if (only && loans.length === 1) return loanSheet(only, place);
  return { to: 'show', place: { at: 'loan', loans } };
}

function kindScreen(): Screen {
  return {
    screen: 'choices',
    item: 'P07',
    title: words('打印哪一张信息单？', 'Which sheet?'),
    options: [
      { id: 'account', title: ACCOUNT, note: words('余额、基数、缴至年月', 'Balance, base, paid up to') },
      { id: 'loan', title: LOAN, note: words('剩余本金、利率、下期应还', 'Principal left, rate, next payment') },
    ],
    page: 1,
    pages: 1,
    presses: [],
  };
}

function loanScreen(loans: readonly Loan[]): Screen {
  return {
    screen: 'choices',
    item: 'P07',
    title:
      loans.length > 0
        ? words('哪一笔贷款？', 'Which loan?')
        : words('您名下没有公积金贷款', 'You have no loan from the fund'),
    options: loans.slice(0, 12).map((loan, index) => ({
      id: placeId(index),
      title: words(`合同尾号 ${tail(loan.contractNumber)}`, `Contract ending in ${tail(loan.contractNumber)}`),
      value: money(loan.balanceFen),
    })),
    page: 1,
    pages: 1,
    presses: [],
  };
}
