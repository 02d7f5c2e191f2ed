import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap.mjs';

export interface SourceFile {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Whoever looks for personal data finds only noise in checksums. */
const NOT_OURS = ['package-lock.json'];

/** Every text file under version control, as it lies in the working tree. */
export function textFiles(): SourceFile[] {
  const paths = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  return paths
    .filter((path) => !NOT_OURS.includes(path))
    .flatMap((path) => {
      const bytes = read(path);
      return bytes && !bytes.includes(0) ? [{ path, text: bytes.toString('utf8') }] : [];
    });
}

/** A file that was deleted and not yet committed is in the list and not on the disk. */
function read(path: string): Buffer | undefined {
  try {
    return readFileSync(join(ROOT, path));
  } catch {
    return undefined;
  }
}

/** Places as `path:line: what`, ready for a failure message. */
export function places(file: SourceFile, pattern: RegExp, counts: (found: string) => boolean = () => true): string[] {
  return [...file.text.matchAll(pattern)]
    .filter(([found]) => counts(found))
    .map((match) => `${file.path}:${file.text.slice(0, match.index).split('\n').length}: ${match[0]}`);
}

/** Seventeen digits and a check character with a date of birth in them: somebody's number, unless its region is nobody's. */
export const ID_NUMBER = /(?<![\w.])\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\w)/g;
/** Mainland mobile numbers in use begin with 13 to 19. */
export const PHONE = /(?<![\w.])1[3-9]\d{9}(?!\w)/g;
/** Card numbers (ISO/IEC 7812-1), whole or in groups of four. */
export const CARD = /(?<![\w.-])(?:\d{16,19}|\d{4} \d{4} \d{4} \d{4}(?: \d{1,3})?)(?![\w-])/g;

/** The check digit of a card number (ISO/IEC 7812-1 annex B). */
export function isLuhnValid(text: string): boolean {
  const digits = [...text.replaceAll(' ', '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
