import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import { maskUnitName } from '@kiosk/domain/masking.ts';
import { money, placeId, tail, words } from './parts.ts';

export type OwnAccount = PlatformAnswer<'accounts'>['accounts'][number];

/** Which of several accounts; unit and number masked. */
export function chooseAccount(item: string, accounts: readonly OwnAccount[]): ScreenOf<'choices'> {
  return {
    screen: 'choices',
    item,
    title: words('您要看哪一个账户？', 'Which account?'),
    options: accounts.slice(0, 12).map((account, index) => {
      const last = tail(account.accountNumber);
      return {
        id: placeId(index),
        title: account.kindName,
        note: words(
          `${maskUnitName(account.unitName)} · 尾号 ${last}`,
          `${maskUnitName(account.unitName)} · ending in ${last}`,
        ),
        value: money(account.balanceFen),
      };
    }),
    page: 1,
    pages: 1,
    presses: [],
  };
}
