import type { Value } from '@kiosk/contract/screen/blocks.ts';
import { money } from '../../format.ts';
import type { ScreenContext } from '../../screen-context.ts';

/** A value as the language on screen writes it. */
export function valueText(screen: ScreenContext, value: Value): string {
  switch (value.kind) {
    case 'words':
      return screen.say(value.words);
    case 'text':
      return value.text;
    case 'money':
      return value.signed && value.fen > 0 ? `+${money(value.fen)}` : money(value.fen);
    case 'date':
      return screen.t.date(value.date);
    case 'month':
      return screen.t.month(value.month);
    case 'moment':
      return screen.t.moment(value.at);
    case 'percent':
      return `${value.milli / 1000}%`;
    case 'count':
      return value.unit ? `${value.count} ${screen.say(value.unit)}` : String(value.count);
  }
}
