import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { remembered } from '../testing/memory.ts';
import { FORGETFUL } from './forget.ts';

const NAME = '欧阳某某';
const NUMBER = 'quokka-vermilion-380100';

test(
  'a program that was asked to forget holds nothing of what it was told over its socket',
  { skip: process.platform !== 'linux' && 'reads /proc' },
  async (t) => {
    const program = fork(join(import.meta.dirname, '../testing/forgetful-program.ts'), [], {
      env: { ...process.env, ...FORGETFUL },
    });
    t.after(() => program.kill('SIGKILL'));
    const [path] = (await once(program, 'message')) as [string];
    const told = connect(path);
    for (let times = 0; times < 50; times++) {
      told.write(
        `${JSON.stringify({ times, person: { name: NAME, number: NUMBER }, rest: 'x'.repeat(times * 50) })}\n`,
      );
      await once(told, 'data');
    }
    assert.deepEqual(
      remembered(program.pid!, [NAME, NUMBER]),
      [NAME, NUMBER],
      'the search finds nothing that is there',
    );
    told.destroy();
    await once(program, 'message');
    program.send('forget');
    await once(program, 'message');
    assert.deepEqual(remembered(program.pid!, [NAME, NUMBER]), []);
  },
);
