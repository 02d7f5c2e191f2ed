import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import type { Terminal } from './terminal.ts';

/** What a screen reader would say of the thing that has the focus. */
interface Spoken {
  readonly name: string;
  readonly role: 'control' | 'headline' | 'nothing';
  /** The ring around it, as it is drawn. */
  readonly ring: boolean;
}

/** More controls than any screen has. */
const MOST_CONTROLS = 40;

/**
 * Somebody who does not see the screen: feels the keys of the PIN pad, hears the name of whatever has the focus, and
 * goes on from there. Nothing is touched, and nothing is known of the page but what is spoken.
 */
export class TactileKeys {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** A key as a finger presses it: once the pad listens, which it does not while it is tested. */
  async press(key: ScreenKey): Promise<void> {
    const pad = this.#terminal.stack.machine.pinPad;
    if (!pad) throw new Error('this machine has no PIN pad');
    await this.#terminal.until('a pad that listens', async () => {
      const { mode } = (await pad.call('state')) as { mode: string };
      return mode === 'clear' || undefined;
    });
    await this.#terminal.bench.act('pressKey', key);
  }

  async spoken(): Promise<Spoken> {
    const page = await this.#terminal.page();
    return page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body)
        return { name: '', role: 'nothing' as const, ring: false };
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return {
        name: (element.getAttribute('aria-label') ?? element.innerText).replace(/\s+/g, ' ').trim(),
        role: element.matches('button, input, [data-stop]') ? ('control' as const) : ('headline' as const),
        ring: outlineStyle === 'solid' && parseFloat(outlineWidth) > 0,
      };
    });
  }

  /**
   * Where one comes to on a new screen: its headline, spoken and ringed, before anything is pressed. `headline`: how it begins,
   * where the screen before is of the same kind.
   */
  async arrived(screen: string, headline = ''): Promise<string> {
    await this.#terminal.on(screen);
    return this.#terminal.until(`the headline of ${screen} to have the focus`, async () => {
      const { role, name, ring } = await this.spoken();
      return role === 'headline' && ring && name !== '' && name.startsWith(headline) ? name : undefined;
    });
  }

  /** Goes on until something is spoken that begins so, and answers with all of it; fails with all that was heard after one round. */
  async goTo(name: string, by: ScreenKey = 'tab'): Promise<string> {
    const heard: string[] = [];
    while (heard.length < MOST_CONTROLS) {
      const before = await this.spoken();
      await this.press(by);
      const now = await this.#terminal.until('the focus to move', async () => {
        const after = await this.spoken();
        return after.name !== before.name || after.role !== before.role ? after : undefined;
      });
      if (now.name === '') throw new Error(`a control without a name, after ${heard.join(' | ')}`);
      if (!now.ring) throw new Error(`the focus on "${now.name}" is not seen`);
      if (now.name.startsWith(name)) return now.name;
      if (heard.includes(now.name)) break;
      heard.push(now.name);
    }
    throw new Error(`nothing is called "${name}"; heard: ${heard.join(' | ')}`);
  }

  async choose(name: string, by: ScreenKey = 'tab'): Promise<void> {
    await this.goTo(name, by);
    await this.press('enter');
  }

  async type(digits: string): Promise<void> {
    for (const digit of digits) await this.press(digit as ScreenKey);
  }
}
