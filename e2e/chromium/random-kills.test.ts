import { after, before, describe, it } from 'node:test';
import { randomKills } from '../terminal/random-kills.ts';
import { Terminal } from '../terminal/terminal.ts';

/** Another seed is another story: KIOSK_SEED=… tells one again. */
const SEED = Number(process.env['KIOSK_SEED'] ?? 20_261_121);

describe('programs are killed at random writes and on random screens while people come and go and the line fails', () => {
  let terminal: Terminal;
  before(async () => {
    terminal = await Terminal.start('chromium', 'programs are killed at random');
  });
  after(() => terminal.stop());

  it(`nothing accepted is lost, nothing arrives or is printed twice (seed ${SEED})`, async (t) => {
    t.diagnostic(await randomKills(terminal, SEED, 12));
  });
});
