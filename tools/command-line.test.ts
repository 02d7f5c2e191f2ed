import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const MODULE = new URL('./command-line.ts', import.meta.url).href;
const PROGRAM = `
  import { commandLine, wholeNumber } from ${JSON.stringify(MODULE)};
  const usage = 'how it is used';
  const { times } = commandLine(usage, { times: { type: 'string', default: '3' } });
  console.log('began with', wholeNumber(usage, 'times', times));
`;

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, '--', ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

test('what is typed is taken; help is no failure; what nobody can mean ends with the usage before anything begins', () => {
  assert.equal(run().stdout, 'began with 3\n');
  assert.equal(run('--times', '40').stdout, 'began with 40\n');
  for (const help of ['--help', '-h'])
    assert.deepEqual(run(help), { status: 0, stdout: 'how it is used\n', stderr: '' });
  for (const wrong of [['--tims', '4'], ['--times', 'many'], ['--times', '0'], ['--times', ''], ['--times']]) {
    const { status, stdout, stderr } = run(...wrong);
    assert.equal(status, 2, wrong.join(' '));
    assert.equal(stdout, '', wrong.join(' '));
    assert.match(stderr, /\n\nhow it is used\n$/, wrong.join(' '));
  }
});
