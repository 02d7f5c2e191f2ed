import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { SYNTHETIC_REGION } from '@kiosk/domain/synthetic.ts';
import { ROOT } from './bootstrap.mjs';
import { CARD, ID_NUMBER, PHONE, type SourceFile, isLuhnValid, places, textFiles } from './repository/scan.ts';

const files = textFiles();
const pages = files.filter(({ path }) => path.endsWith('.md'));
const found = (pattern: RegExp, counts?: (text: string) => boolean) => files.flatMap((f) => places(f, pattern, counts));
const none = (list: readonly string[], why: string) => assert.equal(list.join('\n'), '', why);

describe('nothing in the repository can belong to a real person', () => {
  it('the scan sees what it looks for', () => {
    const text = [
      ['110101', '19900307', '123X'],
      ['138', '00001234'],
      ['4111', '11111111', '1111'],
    ]
      .map((parts) => parts.join(''))
      .join('\n');
    const seen = [ID_NUMBER, PHONE, CARD].map((pattern) => places({ path: 'planted', text }, pattern).length);
    assert.deepEqual(seen, [1, 1, 1]);
    assert.ok(isLuhnValid(text.split('\n')[2]!), 'a well-known test number is not recognised');
    assert.ok(files.length > 100, 'git lists hardly any files: is this a clone?');
  });

  it('ID numbers lie in a region that was never assigned', () => {
    none(
      found(ID_NUMBER, (text) => !text.startsWith(SYNTHETIC_REGION)),
      'take a person of domain/synthetic.ts instead',
    );
  });

  it('phone numbers have a prefix no operator uses', () => {
    none(found(PHONE), 'take a person of domain/synthetic.ts instead');
  });

  it('no number passes for a bank card', () => {
    none(
      found(CARD, (text) => isLuhnValid(text) && !text.startsWith(SYNTHETIC_REGION)),
      'change a digit, so that the check digit is wrong',
    );
  });
});

describe('nothing in the repository belongs to one machine', () => {
  it('no file names a home folder or a folder of a particular machine', () => {
    none(
      found(/(?<![\w.])\/(?:home|Users|root|work|mnt)\/\w+|[A-Z]:\\Users\\\w+/g),
      'paths are relative or configured',
    );
  });

  it('no file names a package registry: npm and apt know theirs', () => {
    none(found(/\bregistry\.[a-z-]+\.[a-z]+|\bnpmmirror\b|\bdeb\.debian\.org\b/g), 'npm and apt choose their own');
  });
});

describe('the pages say what is true', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  it('every npm script a page names exists', () => {
    const NAMED = /\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g;
    const unknown = pages.flatMap((page) =>
      places(page, NAMED, (text) => !Object.hasOwn(scripts, text.replace(/^npm (run )?/, ''))),
    );
    none(unknown, 'package.json has no such script');
  });

  it('every program a script starts exists', () => {
    const missing = Object.values(scripts)
      .flatMap((line) => line.split(' ').filter((word) => /\.(ts|mjs)$/.test(word)))
      .filter((path) => !existsSync(join(ROOT, path)));
    none(missing, 'package.json names programs that are not there');
  });

  it('every relative link leads to a file', () => {
    const missing = pages.flatMap((page) =>
      [...withoutCode(page.text).matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)]
        .map(([, link, picture]) => (link ?? picture!).replace(/#.*/, ''))
        .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
        .filter((link) => !existsSync(join(ROOT, dirname(page.path), link)))
        .map((link) => `${page.path}: ${link}`),
    );
    none(missing, 'these links lead nowhere');
  });
});

describe('README.md and README.zh-CN.md say the same', () => {
  const english = pageNamed('README.md');
  const chinese = pageNamed('README.zh-CN.md');

  it('the same sections in the same order', () => {
    const levels = ({ text }: SourceFile) => [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks]) => marks);
    assert.deepEqual(levels(chinese), levels(english), 'a section stands in one of them only');
  });

  it('the same number of steps, table rows and bullets', () => {
    const shape = ({ text }: SourceFile) =>
      [/^\d+\. /gm, /^\|/gm, /^- /gm].map((mark) => [...withoutCode(text).matchAll(mark)].length);
    assert.deepEqual(shape(chinese), shape(english), 'steps, table rows and bullets differ');
  });

  it('the same commands, files and pictures', () => {
    const code = ({ text }: SourceFile) => [
      ...[...text.matchAll(/```.*\n([^]*?)```/g)].map(([, block]) => block),
      ...[...withoutCode(text).matchAll(/`([^`]+)`/g)].map(([, word]) => word).sort(),
    ];
    assert.deepEqual(code(chinese), code(english), 'a command or a file name stands in one of them only');
  });
});

function pageNamed(path: string): SourceFile {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

function withoutCode(text: string): string {
  return text.replace(/```[^]*?```/g, '');
}
