// A change laid beside what stands in force: both flattened to lines that can be compared by eye.

import type { Language } from '@kiosk/contract/services/common.ts';
import type { ChangeContent } from '../contract/changes.ts';
import { money } from './format.ts';
import type { Texts } from './texts/texts.ts';

export interface Line {
  readonly path: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What of a change's content is the thing itself; the rest says where it belongs. */
const PAYLOAD = ['state', 'rule', 'item', 'template', 'words', 'fields', 'holidays', 'branches'] as const;

interface Tongue {
  readonly t: Texts;
  readonly language: Language;
}

export function differences(content: ChangeContent, before: unknown, tongue: Tongue): readonly Line[] {
  const sides = sidesOf(content, before);
  const [old, fresh] = [flat(sides.before, tongue), flat(sides.after, tongue)];
  const paths = sides.partly ? [...fresh.keys()] : [...new Set([...fresh.keys(), ...old.keys()])];
  return paths.map((path) => ({
    path,
    label: labelOf(path, tongue.t),
    before: old.get(path) ?? null,
    after: fresh.get(path) ?? null,
  }));
}

interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  /** What the change does not name stays as it is, and is no difference. */
  readonly partly?: boolean;
}

/** The two values of a change that lie beside each other. */
function sidesOf(content: ChangeContent, before: unknown): Sides {
  switch (content.kind) {
    case 'terminal.revoke':
      return { before, after: { state: 'revoked' } };
    case 'terminal.admit':
      return { before, after: { state: 'admitted' } };
    case 'document.cancel':
      return { before, after: { state: 'cancelled' } };
    case 'case.close':
      return { before, after: { state: 'closed', resolution: content.resolution } };
    case 'item.remove':
      return { before, after: null };
    case 'knowledge.publish':
      return { before, after: { version: content.version }, partly: true };
    case 'knowledge.withdraw':
      return { before, after: { state: 'withdrawn' }, partly: true };
    case 'register.add':
      return {
        before,
        after: { requestNumber: content.requestNumber, what: content.what, until: content.until },
        partly: true,
      };
    case 'register.lift':
      return { before, after: { state: 'lifted' }, partly: true };
    case 'notice.show':
      return { before: noticeOf(before, content.notice.id), after: content.notice };
    case 'notice.end':
      return { before: noticeOf(before, content.noticeId), after: null };
    default: {
      const { kind, ...rest } = content;
      const key = PAYLOAD.find((one) => one in rest);
      const after = key === undefined ? rest : (rest as Record<string, unknown>)[key];
      // `{ state: { … } }` is the payload in its place; `{ state: 'open' }` is the payload itself.
      const placed =
        key !== undefined && isObject(before) && key in before && isObject(before[key]) === isObject(after);
      return { before: placed ? before[key] : before, after, partly: kind === 'parameters' };
    }
  }
}

function noticeOf(notices: unknown, id: string): unknown {
  return Array.isArray(notices) ? (notices.find((one) => isObject(one) && one['id'] === id) ?? null) : notices;
}

/** A value as lines with names, for reading. */
export function linesOf(value: unknown, tongue: Tongue): readonly { readonly label: string; readonly value: string }[] {
  return [...flat(value, tongue)].map(([path, text]) => ({ label: labelOf(path, tongue.t), value: text }));
}

/** What a change is about, as it is named in a list. */
export function subjectOf(content: ChangeContent): string {
  switch (content.kind) {
    case 'channel.state':
      return content.channelId;
    case 'channel.all':
      return '';
    case 'item.state':
    case 'item.remove':
      return content.itemId;
    case 'item.rule':
      return content.rule.itemId;
    case 'item.publish':
      return content.item.id;
    case 'notice.end':
      return content.noticeId;
    case 'notice.show':
      return content.notice.id;
    case 'knowledge.publish':
    case 'knowledge.withdraw':
      return content.articleId;
    case 'slots':
      return content.template.branchId;
    case 'terminal.revoke':
    case 'terminal.admit':
      return content.terminalId;
    case 'document.cancel':
      return content.documentNumber;
    case 'case.close':
      return content.caseId;
    case 'register.add':
      return content.requestNumber;
    case 'register.lift':
      return `#${content.entryId}`;
    default:
      return '';
  }
}

function flat(value: unknown, tongue: Tongue, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === undefined || value === null) {
    if (path !== '') into.set(path, tongue.t.shell.none);
  } else if (Array.isArray(value) && value.length === 0) {
    if (path !== '') into.set(path, tongue.t.shell.none);
  } else if (isWords(value)) into.set(path, value[tongue.language]);
  else if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object'))
      into.set(path, value.map((one) => leaf(one, path, tongue)).join(', ') || tongue.t.shell.none);
    else value.forEach((one, n) => flat(one, tongue, path === '' ? String(n + 1) : `${path}.${n + 1}`, into));
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flat(inner, tongue, path === '' ? key : `${path}.${key}`, into);
  } else into.set(path, leaf(value, path, tongue));
  return into;
}

function leaf(value: unknown, path: string, { t }: Tongue): string {
  if (typeof value === 'boolean') return value ? t.shell.yes : t.shell.no;
  if (typeof value === 'number' && path.endsWith('Fen')) return money(value);
  const text = String(value);
  return (t.changes.values as Readonly<Record<string, string>>)[text] ?? text;
}

function labelOf(path: string, t: Texts): string {
  const names = t.changes.fields as Readonly<Record<string, string>>;
  const parts = path.split('.').map((part) => names[part] ?? part);
  return path === '' ? t.changes.after : parts.join(' · ');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWords(value: unknown): value is Readonly<Record<Language, string>> {
  return (
    isObject(value) &&
    Object.keys(value).length === 2 &&
    typeof value['zh'] === 'string' &&
    typeof value['en'] === 'string'
  );
}
