/** What the centre sends down, as people see it: a stopped channel or item, notices. */

import type { Frame } from '@kiosk/contract/screen/view.ts';
import type { Sample } from './sample.ts';

const STOPPED = {
  words: { zh: '系统升级，预计 16:00 恢复。', en: 'The system is being updated; back at about 16:00.' },
  instead: {
    zh: '到二楼人工窗口办理，或到北湖大厅（步行八分钟）。',
    en: 'Go to the counters on the second floor, or to the Beihu hall, eight minutes on foot.',
  },
};
/** As long as the contract allows. */
const EMERGENCY = {
  zh: '因暴雨预警，本大厅今天 15:30 停止对外办公，请合理安排时间，注意出行安全。',
  en: 'Because of the rainstorm warning this hall closes today at 15:30. Please travel safely.',
};
const pausing: Partial<Frame> = { notice: { kind: 'pausing', words: STOPPED.words } };
const emergency: Partial<Frame> = { notice: { kind: 'emergency', words: EMERGENCY } };
const nobody = { person: null } as const;

/** Beside the screens that exist anyway, the same ones with a band above them. */
export function channelSamples(others: readonly Sample[]): Sample[] {
  const again = (name: string, as: string, frame: Partial<Frame>): Sample[] =>
    others.filter((sample) => sample.name === name).map((s) => ({ ...s, name: as, frame: { ...s.frame, ...frame } }));
  return [
    { name: 'paused', frame: nobody, content: { screen: 'paused', ...STOPPED } },
    { name: 'paused-emergency', frame: { ...nobody, ...emergency }, content: { screen: 'paused', ...STOPPED } },
    {
      name: 'goodbye-stopped',
      frame: nobody,
      content: { screen: 'goodbye', reason: 'stopped', instead: STOPPED.instead },
    },
    {
      name: 'attract-announcement',
      frame: nobody,
      content: {
        screen: 'attract',
        notices: ['E4102'],
        announcements: [
          { zh: '十二月一日起贷款窗口移到二楼。', en: 'From 1 December the loan counters are upstairs.' },
        ],
        withoutCard: [],
      },
    },
    ...again('attract-offline', 'attract-emergency', emergency),
    ...again('menu-full', 'menu-emergency', emergency),
    ...again('details', 'details-emergency', emergency),
    ...again('enter-code', 'enter-code-emergency', emergency),
    ...again('printing', 'printing-pausing', pausing),
    ...again('printed', 'printed-pausing', pausing),
    ...again('accepted', 'accepted-pausing', pausing),
  ];
}
