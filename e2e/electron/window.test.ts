import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { after, before, beforeEach, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Display, startDisplay } from '@kiosk/tools/display.ts';
import { findElectronRuntime } from '@kiosk/tools/electron-runtime.mjs';
import {
  type TestTerminal,
  electronArguments,
  launchTerminal,
  layOut,
  writeConfig,
} from '@kiosk/kiosk-app/main/testing/terminal.ts';

let display: Display;
let executable: string;
let terminal: TestTerminal;
let page: Page;

before(async () => {
  display = await startDisplay();
  const runtime = await findElectronRuntime();
  assert.ok(runtime, 'no Electron runtime: run npm start once');
  executable = runtime.executable;
  terminal = await launchTerminal({ executable, display: display.env.DISPLAY });
});
beforeEach(() => {
  page = terminal.app.windows().at(-1)!;
});
after(async () => {
  await terminal?.close();
  await display?.stop();
});

/** The page of the next session, once its first view is on it. */
async function nextPage(cause: () => Promise<unknown>): Promise<Page> {
  const coming = terminal.app.waitForEvent('window');
  await cause();
  const next = await coming;
  await next.locator('h1').waitFor();
  return next;
}

test('the window fills the screen and shows the first view', async () => {
  assert.match(await page.locator('h1').innerText(), /把身份证\s*放在读卡区/);
  assert.deepEqual(await page.evaluate(() => [innerWidth, innerHeight]), [1080, 1920], 'is a window manager running?');
});

test('a screen reaches the six things of its bridge and nothing else', async () => {
  const found = await page.evaluate(() => {
    const kiosk = (window as unknown as { kiosk: Record<string, unknown> }).kiosk;
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'];
    return {
      bridge: Object.entries(kiosk).map(([key, value]) => [key, typeof value]),
      runtime: Object.keys(kiosk['runtime'] as object),
      node: names.filter((name) => name in window),
    };
  });
  assert.deepEqual(found, {
    bridge: [
      ['act', 'function'],
      ['onView', 'function'],
      ['onSound', 'function'],
      ['onKey', 'function'],
      ['beat', 'function'],
      ['runtime', 'object'],
    ],
    runtime: ['testOnly', 'electron'],
    node: [],
  });
});

test('the page cannot change its bridge', async () => {
  const changed = await page.evaluate(() => {
    const kiosk = (window as unknown as { kiosk: Record<string, unknown> }).kiosk;
    try {
      kiosk['act'] = () => 'mine';
      kiosk['more'] = 1;
    } catch {
      // Frozen objects throw in modules.
    }
    return kiosk['more'] === 1 || String(kiosk['act']).includes('mine');
  });
  assert.equal(changed, false);
});

test('what a person does reaches the session, and its view comes back', async () => {
  await page.getByTestId('language').click();
  await page.getByText('Put your ID card').waitFor();
  await page.getByTestId('language').click();
  await page.getByText('把身份证').waitFor();
});

test('every window is sandboxed and isolated, and offers no developer tools', async () => {
  const found = await terminal.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const contents = webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } = contents.getLastWebPreferences();
      webContents.openDevTools();
      const devTools = webContents.isDevToolsOpened();
      return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity, devTools };
    }),
  );
  assert.deepEqual(found, [
    {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      devTools: false,
    },
  ]);
});

for (const [way, target, download, url] of [
  ['a link', '', '', 'https://example.org/'],
  ['a link to a new window', '_blank', '', 'https://example.org/'],
  ['a link to a file', '', '', 'file:///etc/passwd'],
  ['a link to another host of the scheme', '', '', 'app://evil/'],
  ['a link that is a page itself', '', '', 'data:text/html,x'],
  ['a link that is a script', '', '', 'javascript:document.body.remove()'],
  ['a download', '', 'x.txt', 'app://kiosk/index.html'],
  ['its own page once more', '', '', 'app://kiosk/index.html?again'],
] as const) {
  test(`the page goes nowhere: ${way}`, async () => {
    await page.evaluate(
      async ([target, download, url]) => {
        const link = Object.assign(document.createElement('a'), { href: url, target });
        if (download) link.download = download;
        document.body.append(link);
        link.click();
        link.remove();
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
      [target, download, url] as const,
    );
    assert.equal(page.url(), 'app://kiosk/index.html');
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(terminal.app.windows().filter((w) => !w.isClosed()).length, 1);
  });
}

test('the page opens no window', async () => {
  const opened = await page.evaluate(() =>
    ['https://example.org/', 'app://kiosk/index.html', 'about:blank'].map((url) => window.open(url) !== null),
  );
  assert.deepEqual(opened, [false, false, false]);
  assert.equal(terminal.app.windows().filter((w) => !w.isClosed()).length, 1);
});

test('no inline script, no eval, no markup from text, nothing from outside', async () => {
  const ran = await page.evaluate(async () => {
    // What a debugger evaluates may use eval; what runs after a turn of the event loop is the page's own.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const target = window as unknown as Record<string, unknown>;
    const got: string[] = [];
    const tried = async (name: string, attempt: () => unknown): Promise<void> => {
      try {
        if (await attempt()) got.push(name);
      } catch {
        // Refused by throwing.
      }
    };
    const loads = (element: HTMLElement) =>
      new Promise<boolean>((resolve) => {
        element.addEventListener('load', () => resolve(true));
        element.addEventListener('error', () => resolve(false));
        document.body.append(element);
      });
    await tried('inline script', () => {
      const script = document.createElement('script');
      script.append('window.inline = true');
      document.body.append(script);
      return target['inline'];
    });
    await tried('eval', () => (0, eval)('1 + 1') === 2);
    await tried('Function', () => new Function('return 1')() === 1);
    await tried('string timer', () => setTimeout('window.timed = true' as never, 0) && target['timed']);
    await tried('innerHTML', () => {
      document.createElement('div').innerHTML = '<b>x</b>';
      return true;
    });
    await tried('another policy', () =>
      (
        window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
      ).trustedTypes.createPolicy('mine', { createHTML: (x: string) => x }),
    );
    await tried('fetch', async () => (await fetch('https://127.0.0.1:9/')).ok);
    await tried('own fetch', async () => (await fetch('app://kiosk/index.html')).ok);
    await tried(
      'WebSocket',
      () =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket('ws://127.0.0.1:9/');
          socket.onopen = resolve;
          socket.onerror = reject;
        }),
    );
    await tried('outside picture', () => loads(Object.assign(new Image(), { src: 'https://127.0.0.1:9/x.png' })));
    await tried('data picture', () =>
      loads(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=' })),
    );
    await tried('frame', async () => {
      const frame = document.createElement('iframe');
      frame.src = 'app://kiosk/index.html';
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve));
      return frame.contentDocument?.querySelector('#app') ?? false;
    });
    return got;
  });
  assert.deepEqual(ran, []);
});

test('no permission is granted', async () => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write'];
    const answers = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'denied',
        ),
      ),
    );
    const asked = await Promise.all([
      Notification.requestPermission(),
      navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      ),
      navigator.mediaDevices.getDisplayMedia().then(
        () => 'granted',
        () => 'denied',
      ),
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        ),
      ),
    ]);
    return [...answers, ...asked];
  });
  assert.deepEqual([...new Set(states)], ['denied']);
});

const end = (on: Page) => () =>
  on.evaluate(() => (window as unknown as { kiosk: { act(a: object): void } }).kiosk.act({ type: 'end' }));

test('the session ends: a new window in an empty partition, and nothing of the old one, nor of the one before', async () => {
  await page.evaluate(() => {
    localStorage.setItem('canary', 'left behind');
    sessionStorage.setItem('canary', 'left behind');
    document.cookie = 'canary=left; path=/';
  });
  const leftIn = (one: Page) =>
    one.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, history.length]);
  const next = await nextPage(end(page));
  assert.deepEqual(await leftIn(next), [0, 0, '', 1]);
  // The place of the first page is emptied, and serves again.
  const third = await nextPage(end(next));
  assert.deepEqual(await leftIn(third), [0, 0, '', 1]);
  const windows = await terminal.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  assert.equal(windows, 1, 'the old window must be destroyed');
});

test('a page that gets away from itself is replaced', async () => {
  const next = await nextPage(() =>
    page.evaluate(() => {
      location.href = 'about:blank';
    }),
  );
  assert.equal(next.url(), 'app://kiosk/index.html');
});

test('the renderer crashes: a new session comes by itself', async () => {
  const next = await nextPage(() =>
    terminal.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
    ),
  );
  assert.match(await next.locator('h1').innerText(), /把身份证/);
});

test('the renderer hangs: its silence is noticed and a new session comes', async () => {
  const next = await nextPage(async () => {
    void page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined);
    await Promise.resolve();
  });
  assert.match(await next.locator('h1').innerText(), /把身份证/);
});

for (const [situation, config, code] of [
  [
    'a platform that is not on this machine',
    { platform: { url: 'https://platform.example', caFile: '', certificateFile: '', keyFile: '' } },
    'E8102',
  ],
  ['a production configuration without the sandbox', { mode: 'production' as const }, 'E8103'],
] as const) {
  test(`refused at the start: ${situation}`, async (t) => {
    if (code === 'E8103' && process.getuid?.() !== 0) return t.skip('only root starts it without the sandbox');
    const folder = await layOut();
    const child = spawn(executable, electronArguments(folder), {
      env: { ...process.env, ...display.env, KIOSK_CONFIG: await writeConfig(folder, config) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const [exitCode] = (await once(child, 'close')) as [number];
    assert.equal(exitCode, 78, said);
    assert.match(said, new RegExp(`"refused to start","code":"${code}"`));
    await rm(folder, { recursive: true, force: true });
  });
}
