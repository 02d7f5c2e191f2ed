import { contextBridge, ipcRenderer } from 'electron';
import { introduce } from '@kiosk/contract/screen/letters.ts';
import type { Meeting } from '@kiosk/contract/screen/service.ts';
import type { View } from '@kiosk/contract/screen/view.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { Bridge, SoundName } from './bridge.ts';
import { CHANNELS, TEST_ONLY_ARGUMENT } from './channels.ts';

const introduction = introduce();
const meeting = new Promise<Meeting>((resolve) => {
  ipcRenderer.once(CHANNELS.met, (_event, met: Meeting) => resolve(met));
});
let show = (_view: View): void => {};

/** What main carries and cannot read. A letter that comes before the meeting is told is the one after the first. */
const letters = Promise.all([introduction, meeting]).then(([{ agree }, { publicKey }]) => agree(publicKey, 'screen'));
/** Done when what came before was shown: opening takes a moment, and nothing may overtake it. */
let before: Promise<unknown> = meeting.then(({ first }) => (first === null ? undefined : read(first)));

async function read(sealed: string): Promise<void> {
  show((await (await letters).open(sealed)) as View);
}
ipcRenderer.on(CHANNELS.letter, (_event, sealed: string) => {
  before = before.then(() => read(sealed)).catch(() => {});
});

/** Main checks who calls; here nothing of Electron passes, not even its event objects. */
const bridge: Bridge = {
  act(action) {
    void letters.then(({ seal }) => seal(action)).then((sealed) => ipcRenderer.send(CHANNELS.letter, sealed));
  },
  onView(listener) {
    show = listener;
    void introduction.then(({ publicKey }) => ipcRenderer.send(CHANNELS.ready, publicKey));
  },
  onSound: (listener) => {
    ipcRenderer.on(CHANNELS.sound, (_event, name: SoundName) => void before.then(() => listener(name)));
  },
  onKey: (listener) => {
    ipcRenderer.on(CHANNELS.key, (_event, key: ScreenKey) => void before.then(() => listener(key)));
  },
  beat: () => ipcRenderer.send(CHANNELS.beat, null),
  runtime: {
    testOnly: process.argv.includes(TEST_ONLY_ARGUMENT),
    electron: process.versions.electron ?? null,
  },
};

contextBridge.exposeInMainWorld('kiosk', bridge);
