import assert from 'node:assert/strict';
import { test } from 'node:test';
import { introduce, type Letters } from './letters.ts';

async function both(): Promise<{ session: Letters; screen: Letters }> {
  const [a, b] = await Promise.all([introduce(), introduce()]);
  return { session: await a.agree(b.publicKey, 'session'), screen: await b.agree(a.publicKey, 'screen') };
}

test('letters that are on their way together arrive whole and in their order', async () => {
  const { session, screen } = await both();
  const values = [{ words: '您好' }, { rows: Array.from({ length: 5_000 }, (_, at) => at) }, null, 'x'];
  const letters = await Promise.all(values.map((value) => session.seal(value)));
  assert.deepEqual(await Promise.all(letters.map((letter) => screen.open(letter))), values);
});

test('who carries letters reads nothing of them, and the same words never look the same', async () => {
  const { screen } = await both();
  const letters = [await screen.seal('quokka'), await screen.seal('quokka')];
  assert.notEqual(letters[0], letters[1]);
  for (const letter of letters) assert.ok(!Buffer.from(letter, 'base64').includes('quokka'));
});

for (const [what, change] of [
  ['changed on its way', (letter: string) => (letter.startsWith('A') ? 'B' : 'A') + letter.slice(1)],
  ['cut short', (letter: string) => letter.slice(0, 16)],
  ['no letter at all', () => 'nothing of the kind'],
] as const) {
  test(`refused: a letter that was ${what}`, async () => {
    const { session, screen } = await both();
    await assert.rejects(screen.open(change(await session.seal({ words: 'as written' }))));
  });
}

test('refused: a letter a second time, and one that somebody sends back to its writer', async () => {
  const { session, screen } = await both();
  const letter = await session.seal(1);
  await assert.rejects(session.open(letter));
  assert.equal(await screen.open(letter), 1);
  await assert.rejects(screen.open(letter));
});

test('a letter is lost on its way: the next one is read all the same, and the lost one no more', async () => {
  const { session, screen } = await both();
  const [lost, next] = [await session.seal('lost'), await session.seal('next')];
  assert.equal(await screen.open(next), 'next');
  await assert.rejects(screen.open(lost));
});
