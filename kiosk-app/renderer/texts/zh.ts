import { dates } from './zh/dates.ts';
import { frame } from './zh/frame.ts';
import { start } from './zh/start.ts';
import { account } from './zh/account.ts';
import { results } from './zh/results.ts';
import { end } from './zh/end.ts';
import { service } from './zh/service.ts';

/** Every word on the screens that is not data, by area. Other languages have the same keys or do not compile. */
export const zh = { ...dates, ...frame, ...start, ...account, ...results, ...end, ...service } as const;
