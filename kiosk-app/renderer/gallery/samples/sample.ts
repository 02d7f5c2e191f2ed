/** What every sample is made of. Synthetic people and numbers only. */

import { STANDARD_MODE } from '@kiosk/contract/screen/mode.ts';
import type { Frame, Screen } from '@kiosk/contract/screen/view.ts';

export interface Sample {
  readonly name: string;
  readonly content: Screen;
  readonly frame?: Partial<Frame>;
}

export const FRAME: Frame = {
  language: 'zh',
  mode: STANDARD_MODE,
  link: 'online',
  centreName: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' },
  hallName: { zh: '江州大厅', en: 'Jiangzhou hall' },
  terminalId: '300120',
  enquiryPhone: '12329',
  person: '张*',
  idle: null,
  notice: null,
};

/** 21 November 2026, 14:08 in the hall. */
export const NOW = Date.UTC(2026, 10, 21, 6, 8);
export const PHONE = '122******01';
export const DOCUMENT = '38010000202611213001200004277';
export const nobody = { person: null } as const;
