import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketPath } from '@kiosk/contract/config.ts';
import { type ServiceClient, connectService } from '@kiosk/contract/rpc/client.ts';
import { syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import type { LinkMode } from '@kiosk/testbench/simulators/link/simulator.ts';
import { type Stack, type StackOptions, startStack } from '@kiosk/tools/dev/stack.ts';
import { readSecret } from '@kiosk/tools/provision/terminal.ts';
import type { Locator, Page } from 'playwright-core';
import { JournalReader } from './journal-reader.ts';
import { openInChromium, openInElectron, type KioskWindow } from './window.ts';

/** How long one step of a story may take before it counts as stuck; not a measure of speed. */
const STEP_MS = 30_000;
/** A patient printer would only make the stories longer. */
const MILLISECONDS_PER_PAGE = 300;

/**
 * A whole terminal with its simulated world, driven as a person would: by what stands on the screen. The screen is
 * real Electron or real Chromium; everything behind it is the same.
 */
export class Terminal {
  readonly stack: Stack;
  window: KioskWindow;
  readonly dir: string;
  readonly #keep: boolean;
  /** Touches of the screen since the start. */
  touches = 0;
  #agent: ServiceClient<typeof syncAgent> | undefined;

  private constructor(stack: Stack, window: KioskWindow, dir: string) {
    this.stack = stack;
    this.window = window;
    this.dir = dir;
    this.#keep = Boolean(process.env['KEEP_E2E']);
  }

  static async start(
    browser: 'electron' | 'chromium',
    test: string,
    {
      millisecondsPerPage = MILLISECONDS_PER_PAGE,
      extras = [],
    }: Pick<Partial<StackOptions>, 'millisecondsPerPage' | 'extras'> = {},
  ): Promise<Terminal> {
    const dir = mkdtempSync(join(tmpdir(), 'kiosk-e2e-'));
    const stack = await startStack({ dir, preview: browser === 'chromium', millisecondsPerPage, extras });
    let window: KioskWindow | undefined;
    try {
      window =
        browser === 'electron'
          ? await openInElectron(stack.configFile, test)
          : await openInChromium(stack.previewUrl!, test);
      const terminal = new Terminal(stack, window, dir);
      await terminal.on('attract');
      return terminal;
    } catch (error) {
      await window?.close();
      await stack.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#agent?.close();
    await this.window.close();
    await this.stack.stop();
    if (!this.#keep) rmSync(this.dir, { recursive: true, force: true });
  }

  /** The window's program was killed and is started again, as the operating system's supervisor does. */
  async startWindowAgain(test: string): Promise<void> {
    await this.window.close();
    this.window = await openInElectron(this.stack.configFile, test);
  }

  get bench() {
    return this.stack.bench.bench;
  }

  get journal(): JournalReader {
    return new JournalReader(join(this.stack.installation.terminal.dataDir, 'journal.db'));
  }

  /** Entries the platform has not yet acknowledged, as the sync-agent says; NaN while it does not run. */
  async pending(): Promise<number> {
    const agent = await this.agent();
    const queue = agent.snapshot?.queue;
    return queue ? queue.business.pending + queue.audit.pending + queue.telemetry.pending : Number.NaN;
  }

  /** The sync-agent, called as another program of the machine would; comes back by itself after a kill. */
  async agent(): Promise<ServiceClient<typeof syncAgent>> {
    const { socketDir, tokenFile } = this.stack.installation.terminal;
    this.#agent ??= connectService(syncAgent, {
      path: socketPath(socketDir, 'sync-agent'),
      token: readSecret(tokenFile),
    });
    const agent = this.#agent;
    await this.until('the sync-agent', async () => (agent.snapshot ? true : undefined));
    return agent;
  }

  /** Waits until the sync-agent has heard the platform. */
  async online(): Promise<void> {
    await this.until('the link to be online', async () =>
      (await this.agent()).snapshot?.link.state === 'online' ? true : undefined,
    );
  }

  page(): Promise<Page> {
    return this.window.page();
  }

  /** Waits until this screen is shown, on whichever renderer shows it: a session's end brings a new one. */
  async on(...screens: string[]): Promise<string> {
    const end = Date.now() + STEP_MS;
    let seen = 'nothing';
    while (Date.now() < end) {
      seen = await this.screen();
      if (screens.includes(seen)) return seen;
      await this.window.changed(100);
    }
    throw new Error(`waited for ${screens.join(' or ')}, the screen shows ${seen}: ${await this.words()}`);
  }

  async screen(): Promise<string> {
    const page = await this.page();
    return page.evaluate(() => document.documentElement.dataset['screen'] ?? 'nothing').catch(() => 'nothing');
  }

  /** What stands on the screen, without the marks that keep short headlines together. */
  async words(): Promise<string> {
    const page = await this.page();
    const text = await page.evaluate(() => document.body.innerText).catch(() => '');
    return text.replaceAll('\u2060', '');
  }

  /** Waits until this stands on the screen; of what else stands there nothing leaves the renderer. */
  async shows(text: string): Promise<void> {
    await this.until(`"${text}" on the screen`, async () => {
      const page = await this.page();
      const there = (wanted: string) => document.body.innerText.replaceAll('\u2060', '').includes(wanted);
      return (await page.evaluate(there, text).catch(() => false)) || undefined;
    });
  }

  async find(id: string): Promise<Locator> {
    return (await this.page()).getByTestId(id);
  }

  async tap(id: string): Promise<void> {
    await (await this.find(id)).click({ timeout: STEP_MS });
    this.touches++;
  }

  async text(id: string): Promise<string> {
    return (await (await this.find(id)).innerText({ timeout: STEP_MS })).trim();
  }

  layCard(person: string): Promise<void> {
    return this.bench.act('layCard', person);
  }

  liftCard(): Promise<void> {
    return this.bench.act('liftCard', undefined);
  }

  link(mode: LinkMode): Promise<void> {
    return this.bench.act('link', mode);
  }

  /**
   * The newest code that was sent to this person's phone. It was sent before the screen asks for it; somebody who comes
   * back within the minute gets no second one, and the first is still good.
   */
  async smsCode(person: string): Promise<string> {
    const phone = maskPhone(syntheticPerson(person, shanghaiDate(Date.now())).phone);
    return this.until('an SMS with a code', async () => {
      // A notice may have been sent since.
      const [code] = (await this.bench.state()).messages.flatMap(({ phoneMasked, text }) =>
        phoneMasked === phone ? (/(?:验证码|code) (\d{6})/i.exec(text)?.[1] ?? []) : [],
      );
      return code;
    });
  }

  async typeCode(code: string): Promise<void> {
    for (const digit of code) await this.tap(`key-${digit}`);
  }

  /** From the attract screen to the menu, as one who has card and phone at hand. */
  async identify(person: string): Promise<void> {
    await this.layCard(person);
    await this.on('enterCode');
    await this.typeCode(await this.smsCode(person));
    await this.on('menu');
  }

  /** Asks again and again for something that other programs bring about. */
  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + STEP_MS;
    while (Date.now() < end) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`waited for ${what}`);
  }
}
