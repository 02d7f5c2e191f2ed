import { contextBridge, ipcRenderer } from 'electron';
import type { View } from '@kiosk/contract/screen/view.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { Bridge, SoundName } from './bridge.ts';
import { CHANNELS, TEST_ONLY_ARGUMENT } from './channels.ts';

/** Main checks what arrives; here nothing of Electron passes, not even its event objects. */
const bridge: Bridge = {
  act: (action) => ipcRenderer.send(CHANNELS.act, action),
  onView: (listener) => {
    ipcRenderer.on(CHANNELS.view, (_event, view: View) => listener(view));
    ipcRenderer.send(CHANNELS.ready, null);
  },
  onSound: (listener) => {
    ipcRenderer.on(CHANNELS.sound, (_event, name: SoundName) => listener(name));
  },
  onKey: (listener) => {
    ipcRenderer.on(CHANNELS.key, (_event, key: ScreenKey) => listener(key));
  },
  beat: () => ipcRenderer.send(CHANNELS.beat, null),
  runtime: {
    testOnly: process.argv.includes(TEST_ONLY_ARGUMENT),
    electron: process.versions.electron ?? null,
  },
};

contextBridge.exposeInMainWorld('kiosk', bridge);
