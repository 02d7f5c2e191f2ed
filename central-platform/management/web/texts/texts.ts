import type { Language } from '@kiosk/contract/services/common.ts';
import * as changes from './changes.ts';
import * as channels from './channels.ts';
import * as control from './control.ts';
import * as fleet from './fleet.ts';
import * as outward from './outward.ts';
import * as requests from './requests.ts';
import * as shell from './shell.ts';
import type { Translated } from './translated.ts';
import * as work from './work.ts';

const zh = {
  shell: shell.zh,
  fleet: fleet.zh,
  changes: changes.zh,
  channels: channels.zh,
  work: work.zh,
  control: control.zh,
  outward: outward.zh,
  requests: requests.zh,
};

/** Every word of the console that is not data. A language that lacks one does not compile. */
export type Texts = Translated<typeof zh>;

const en: Texts = {
  shell: shell.en,
  fleet: fleet.en,
  changes: changes.en,
  channels: channels.en,
  work: work.en,
  control: control.en,
  outward: outward.en,
  requests: requests.en,
};

export const texts: Readonly<Record<Language, Texts>> = { zh, en };
