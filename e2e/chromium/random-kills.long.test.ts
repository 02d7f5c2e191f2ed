import { after, before, describe, it } from 'node:test';
import { randomKills } from '../terminal/random-kills.ts';
import { Terminal } from '../terminal/terminal.ts';

/** A new story every time: KIOSK_SEED=… tells one again. */
const SEED = Number(process.env['KIOSK_SEED'] ?? Date.now() % 1_000_000);
const ROUNDS = 50;

describe('programs are killed at random writes and on random screens for a long while', () => {
  let terminal: Terminal;
  before(async () => {
    terminal = await Terminal.start('chromium', 'programs are killed at random for long');
  });
  after(() => terminal.stop());

  it(`nothing accepted is lost, nothing arrives or is printed twice (seed ${SEED})`, async (t) => {
    t.diagnostic(await randomKills(terminal, SEED, ROUNDS));
  });
});
