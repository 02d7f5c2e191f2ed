import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpio } from './cpio.ts';
import { type CheckResult, gather, lineOf, markedLine, unknownChecks } from './lines.ts';

const PLAN = markedLine({
  plan: [
    { id: 'usb-hid', title: 'reads' },
    { id: 'usb-bulk', title: 'reads too' },
  ],
});
const passed = (id: string): CheckResult => ({ id, result: 'PASS', detail: 'seen', seconds: 1.25 });

describe('what the laboratory machine says', () => {
  it('results stand between the kernel’s own lines, with carriage returns and zeros', () => {
    const console = [
      '\0\0boot',
      PLAN,
      `[ 1.2] usb: new device ${markedLine(passed('usb-hid'))}`,
      markedLine(passed('usb-bulk')),
    ];
    const checks = gather(console.join('\r\n'));
    assert.deepEqual(
      checks.map(({ id, result }) => `${id} ${result}`),
      ['usb-hid PASS', 'usb-bulk PASS'],
    );
    assert.equal(lineOf(checks[0]!).split('\n')[0], 'PASS    usb-hid       reads (1.3 s)');
  });

  it('a check that was planned and never heard of failed, with the end of the console as the reason', () => {
    const [, silent] = gather(`${PLAN}\n${markedLine(passed('usb-hid'))}\nKernel panic`);
    assert.equal(silent?.result, 'FAIL');
    assert.match(silent?.detail ?? '', /Kernel panic/);
  });

  it('a machine that did not come up is one failure', () => {
    const checks = gather('VFS: cannot mount');
    assert.deepEqual([checks.length, checks[0]?.result], [1, 'FAIL']);
    assert.match(checks[0]?.detail ?? '', /cannot mount/);
  });
});

describe('the archive the kernel unpacks', () => {
  it('every header and every file begin at a multiple of four bytes', () => {
    const archive = cpio([{ name: 'lab' }, { name: 'lab/rules', data: Buffer.from('12345') }]);
    const at = [...archive.toString('latin1').matchAll(/070701/g)].map(({ index }) => index);
    assert.deepEqual(
      at.map((index) => index % 4),
      [0, 0, 0],
    );
    assert.equal(archive.length % 4, 0);
    assert.match(archive.toString('latin1'), /TRAILER!!!\0+$/);
  });
});

it('a check that is none is named before anything boots, with those there are', () => {
  assert.equal(unknownChecks([], ['a', 'b']), undefined);
  assert.equal(unknownChecks(['b'], ['a', 'b']), undefined);
  assert.equal(unknownChecks(['b', 'nosuch'], ['a', 'b']), 'no check of that name: nosuch\nthere are: a, b\n');
});
