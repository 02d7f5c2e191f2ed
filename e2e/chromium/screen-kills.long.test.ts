import { describe, it } from 'node:test';
import { type Errand, visit } from '../terminal/person.ts';
import { keepsItsWord } from '../terminal/promises.ts';
import { Terminal } from '../terminal/terminal.ts';
import { STORY, VICTIMS, atScreen, kill } from '../terminal/victims.ts';

const ERRANDS: readonly Errand[] = [{ kind: 'complaint' }, { kind: 'statement', person: 'ordinary' }];

describe('every program is killed on every screen of the story', () => {
  for (const errand of ERRANDS) {
    for (const screen of STORY[errand.kind]) {
      it(`${errand.kind}, on ${screen}`, async (t) => {
        // A terminal for each: the supervisor gives up on a program that ends five times within five minutes.
        const terminal = await Terminal.start('chromium', `killed on ${screen}`);
        try {
          const told = { requests: [] as string[], documents: [] as string[] };
          for (const victim of VICTIMS) {
            await terminal.link('up');
            await terminal.online();
            let killed = false;
            const strike = atScreen(screen, () => (killed = kill(terminal, victim)));
            const heard = await visit(terminal, errand, strike);
            told.requests.push(...heard.requests);
            told.documents.push(...heard.documents);
            await keepsItsWord(terminal, told, `${victim} killed on ${screen}`);
            if (!killed) t.diagnostic(`${victim}: ${screen} went by unseen`);
          }
        } finally {
          await terminal.stop();
        }
      });
    }
  }
});
