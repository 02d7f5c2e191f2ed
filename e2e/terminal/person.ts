import type { Terminal } from './terminal.ts';
import { withoutGaps } from './visits.ts';

/** What somebody came for. */
export type Errand = { readonly kind: 'complaint' } | { readonly kind: 'statement'; readonly person: string };

export interface Visit {
  readonly requests: readonly string[];
  readonly documents: readonly string[];
}

const VISIT_MS = 120_000;
const PATIENCE = 4;

/**
 * Somebody at the screen who knows what they want and nothing of what goes on behind it: looks, touches what leads on,
 * waits, tries again a few times, and in the end leaves. Returns what the screen told them; `onScreen` hears of every
 * screen they see.
 */
export async function visit(
  terminal: Terminal,
  errand: Errand,
  onScreen: (screen: string) => void = () => {},
): Promise<Visit> {
  const requests = new Set<string>();
  const documents = new Set<string>();
  const end = Date.now() + VISIT_MS;
  let begun = false;
  let tries = 0;
  let done = false;

  const touch = async (...ids: string[]): Promise<void> => {
    for (const id of ids) {
      const button = await terminal.find(id);
      const open = await button.isEnabled({ timeout: 200 }).catch(() => false);
      // The screen may change under the finger.
      if (open) return void (await button.click({ timeout: 500 }).catch(() => undefined));
    }
  };
  const note = async (into: Set<string>, id: string): Promise<void> => {
    const number = await (await terminal.find(id)).innerText({ timeout: 500 }).catch(() => '');
    if (number === '') return;
    into.add(withoutGaps(number));
    done = true;
  };
  const leaveOr = (...ids: string[]) => (done || tries > PATIENCE ? touch('end', 'finish') : touch(...ids));

  while (Date.now() < end) {
    const screen = await terminal.screen();
    onScreen(screen);
    switch (screen) {
      case 'attract':
        if (done || tries > PATIENCE) return { requests: [...requests], documents: [...documents] };
        // Back at the first screen before it was done: the visit was cut short, and is begun anew.
        if (begun) tries++;
        begun = true;
        if (errand.kind === 'complaint') await touch('item-S01');
        else await terminal.layCard(errand.person);
        await left(terminal, 'attract');
        break;
      case 'enterCode':
        await terminal
          .smsCode(errand.kind === 'statement' ? errand.person : '')
          .then(async (code) => {
            for (const digit of code) await touch(`key-${digit}`);
          })
          .catch(() => undefined);
        await left(terminal, 'enterCode');
        break;
      case 'menu':
        if (errand.kind === 'statement' && !(await open(terminal, 'item-P01'))) tries = PATIENCE + 1;
        await leaveOr(errand.kind === 'statement' ? 'item-P01' : 'item-S01');
        break;
      case 'choices':
        await leaveOr('choose-complaint', 'choose-machine');
        break;
      case 'entry':
        await leaveOr('press-skip');
        break;
      case 'sheet':
        await leaveOr('press-submit');
        break;
      case 'period':
        await leaveOr('preset-all');
        break;
      case 'accepted':
        await note(requests, 'request-number');
        await touch('finish');
        break;
      case 'printed':
        await note(documents, 'document-number');
        await touch('finish');
        break;
      case 'failure':
        tries++;
        await leaveOr('retry', 'end');
        break;
      case 'rate':
        await touch('rate-satisfied');
        break;
      default:
        break;
    }
    await terminal.window.changed(100);
  }
  throw new Error(`the visit does not end; the screen shows ${await terminal.screen()}: ${await terminal.words()}`);
}

const open = async (terminal: Terminal, id: string): Promise<boolean> =>
  (await terminal.find(id)).isEnabled({ timeout: 500 }).catch(() => false);

/** Gives the screen a moment to follow what was done, so that nothing is done twice. */
async function left(terminal: Terminal, screen: string): Promise<void> {
  for (let looks = 0; looks < 30 && (await terminal.screen()) === screen; looks++) await terminal.window.changed(100);
}
