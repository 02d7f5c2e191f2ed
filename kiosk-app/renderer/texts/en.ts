import type { Texts } from './texts.ts';
import { dates } from './en/dates.ts';
import { frame } from './en/frame.ts';
import { start } from './en/start.ts';
import { account } from './en/account.ts';
import { results } from './en/results.ts';
import { end } from './en/end.ts';
import { service } from './en/service.ts';

export const en: Texts = { ...dates, ...frame, ...start, ...account, ...results, ...end, ...service };
