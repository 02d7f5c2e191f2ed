import { readdirSync, readFileSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';

/** Everything of a synthetic person that must not be left lying about in clear. */
export function secretsOf(key: string): readonly string[] {
  const person = syntheticPerson(key, shanghaiDate(Date.now()));
  return [person.name, person.idNumber, person.phone, ...person.accounts.map((account) => account.accountNumber)];
}

/**
 * Files of the terminal (its data, its logs, its sockets' folder) that hold one of these texts, in UTF-8 or UTF-16.
 * The simulated world and the platform are not the terminal: paper and the platform's own store are theirs.
 */
export function filesWith(folders: readonly string[], texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
  const found: string[] = [];
  const look = (path: string): void => {
    const stat = lstatSync(path);
    if (stat.isDirectory()) return readdirSync(path).forEach((name) => look(join(path, name)));
    if (!stat.isFile()) return;
    const bytes = readFileSync(path);
    if (needles.some((needle) => bytes.includes(needle))) found.push(path);
  };
  folders.forEach(look);
  return found;
}

/** Process ids below `root`, itself included. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Gone while we looked.
    }
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
