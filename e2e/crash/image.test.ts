import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Disk } from './disk.ts';
import { fates, seeded } from './fates.ts';
import { type Change, Image } from './image.ts';

/** Every place and length that matters: around sectors and blocks of 4096. */
const place = fc.oneof(fc.nat(10_000), fc.constantFrom(0, 511, 512, 4095, 4096, 4097, 8192));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    op: fc.constant('write' as const),
    offset: place,
    data: fc.uint8Array({ minLength: 1, maxLength: 5000 }).map((bytes) => Buffer.from(bytes)),
  }),
  fc.record({ op: fc.constant('truncate' as const), size: place }),
);

function plainly(changes: readonly Change[]): Buffer {
  let file = Buffer.alloc(0);
  for (const step of changes) {
    const size = step.op === 'truncate' ? step.size : Math.max(file.length, step.offset + step.data.length);
    const next = Buffer.alloc(size);
    file.copy(next);
    if (step.op === 'write') step.data.copy(next, step.offset);
    file = next;
  }
  return file;
}

const bytesOf = (image: Image) => Buffer.concat(image.pieces);

test('an image after any changes, at once or one by one, is the file that a disk would have', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const expected = plainly(changes);
      const atOnce = Image.EMPTY.with(changes);
      const oneByOne = changes.reduce((image, step) => image.with([step]), Image.EMPTY);
      assert.ok(bytesOf(atOnce).equals(expected));
      assert.ok(bytesOf(oneByOne).equals(expected));
      assert.equal(atOnce.fingerprint, oneByOne.fingerprint, 'the same bytes have one fingerprint');
    }),
  );
});

test('a byte changed, or two blocks exchanged, is another fingerprint', () => {
  const [a, b] = [Buffer.alloc(4096, 1), Buffer.alloc(4096, 2)];
  const file = (...blocks: Buffer[]) => Image.EMPTY.with([{ op: 'write', offset: 0, data: Buffer.concat(blocks) }]);
  assert.notEqual(file(a, b).fingerprint, file(b, a).fingerprint);
  const flipped = file(a, b).with([{ op: 'write', offset: 5000, data: Buffer.from([3]) }]);
  assert.notEqual(flipped.fingerprint, file(a, b).fingerprint);
});

/** All states in which a cut now can leave the disk, as text. */
function ends(disk: Disk): Set<string> {
  const random = seeded(1);
  const cuts = fates(random, 50, disk.openNames).map((fate) => disk.cut(fate));
  return new Set(
    cuts.map((state) =>
      [...state]
        .map(([name, image]) => `${name}=${bytesOf(image).toString()}`)
        .sort()
        .join(' '),
    ),
  );
}

test('what was synced is there after every cut, what was not may be there or not', () => {
  const disk = new Disk();
  disk.apply({ op: 'create', name: 'a' });
  disk.apply({ op: 'write', name: 'a', offset: 0, data: Buffer.from('one') });
  assert.deepEqual(ends(disk), new Set(['', 'a=', 'a=one']), 'the name and the bytes, each alone');
  disk.apply({ op: 'sync', name: 'a' });
  assert.deepEqual(ends(disk), new Set(['', 'a=one']), 'a file that is safe may still have no name');
  disk.apply({ op: 'sync', name: '.' });
  assert.deepEqual(ends(disk), new Set(['a=one']));
  disk.apply({ op: 'create', name: 'b' });
  disk.apply({ op: 'unlink', name: 'a' });
  assert.deepEqual(ends(disk), new Set(['a=one', 'a=one b=', '', 'b=']), 'names change in any order');
});

test('a rename shows the old name or the new one, and a folder that is not safe takes its files with it', () => {
  const disk = new Disk();
  disk.apply({ op: 'folder', name: 'keys' });
  disk.apply({ op: 'create', name: 'keys/new' });
  disk.apply({ op: 'write', name: 'keys/new', offset: 0, data: Buffer.from('key') });
  disk.apply({ op: 'sync', name: 'keys/new' });
  disk.apply({ op: 'sync', name: 'keys' });
  assert.deepEqual(ends(disk), new Set(['', 'keys/new=key']));
  disk.apply({ op: 'sync', name: '.' });
  disk.apply({ op: 'rename', name: 'keys/new', to: 'keys/key' });
  assert.deepEqual(ends(disk), new Set(['keys/new=key', 'keys/key=key']));
});
