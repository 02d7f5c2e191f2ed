// Stands in for the session process where only its life and death matter. It says who it is in `terminalId`, ends on
// the action `end`, crashes on `retry` and hangs on `resendCode`.

import { Duplex } from 'node:stream';
import { STANDARD_MODE } from '@kiosk/contract/screen/mode.ts';
import type { View } from '@kiosk/contract/screen/view.ts';
import { serveScreen } from '@kiosk/kiosk-app/session/screen.ts';

const view: View = {
  frame: {
    language: 'zh',
    mode: STANDARD_MODE,
    link: 'online',
    centreName: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' },
    hallName: { zh: '江州大厅', en: 'Jiangzhou hall' },
    terminalId: String(process.pid),
    enquiryPhone: '12329',
    person: null,
    idle: null,
    notice: null,
  },
  content: { screen: 'attract', notices: [], announcements: [], withoutCard: [] },
};

const screen = serveScreen({
  token: process.env['KIOSK_SESSION_TOKEN'] ?? '',
  onActivate: () => screen.show(view),
  onAction(action) {
    if (action.type === 'end') screen.emit('ended', { reason: 'ended' });
    if (action.type === 'retry') process.exit(3);
    if (action.type === 'resendCode') return new Promise(() => undefined);
    if (action.type === 'chooseLanguage') {
      screen.show({ ...view, frame: { ...view.frame, language: action.language } });
      screen.emit('sound', { name: 'done' });
      screen.emit('key', { key: 'enter' });
    }
    return undefined;
  },
});
screen.accept(Duplex.from({ readable: process.stdin, writable: process.stdout }));
process.stdin.on('close', () => process.exit(0));
