import { type App, Menu, type Session, type WebContents } from 'electron';
import { isAllowedKey } from './lockdown-keys.ts';
import { isOurPage } from './page-answer.ts';

/** For every page of the program, also those nobody meant to open. */
export function lockDown(app: App): void {
  Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

function lockContents(contents: WebContents): void {
  const prevent = (event: { preventDefault(): void }): void => event.preventDefault();
  // The one page is loaded by main; a page never goes anywhere by itself.
  contents.on('will-navigate', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-attach-webview', prevent);
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('before-input-event', (event, input) => {
    if (!isAllowedKey(input)) event.preventDefault();
  });
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1));
}

/** Of one in-memory session: no permission, no device, no download, no request that is not for our own page. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setBluetoothPairingHandler?.((_details, answer) => answer({ confirmed: false }));
  session.setUSBProtectedClassesHandler?.(({ protectedClasses }) => protectedClasses);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  for (const name of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    session.on(name as 'select-hid-device', (event) => event.preventDefault());
  }
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOurPage(url) }));
}
