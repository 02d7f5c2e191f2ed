// A change laid beside what stands in force: both flattened to lines that can be compared by eye.

import type { Language } from '@kiosk/contract/services/common.ts';
import { OUTWARD_FIELDS, type Grant } from '../contract/outward.ts';
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
const PAYLOAD = ['state', 'rule', 'item', 'template', 'words', 'fields', 'holidays', 'branches', 'settings'] as const;

interface Tongue {
  readonly t: Texts;
  readonly language: Language;
}

export function differences(content: ChangeContent, before: unknown, tongue: Tongue): readonly Line[] {
  const sides = sidesOf(content, before, tongue);
  const [old, fresh] = [flat(sides.before, tongue), flat(sides.after, tongue)];
  const paths = sides.partly ? [...fresh.keys()] : [...new Set([...fresh.keys(), ...old.keys()])];
  return paths.map((path) => ({
    path,
    label: labelOf(path, tongue),
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
function sidesOf(content: ChangeContent, before: unknown, { t }: Tongue): Sides {
  switch (content.kind) {
    case 'terminal.revoke':
      return { before, after: { state: 'revoked' } };
    case 'terminal.admit':
      return { before, after: { state: 'admitted' } };
    case 'document.cancel':
      return { before, after: { state: 'cancelled' } };
    case 'case.close':
      return { before, after: { state: 'closed', resolution: content.resolution } };
    case 'request.decide':
      return { before, after: { state: content.act, words: content.words }, partly: true };
    case 'item.remove':
      return { before, after: null };
    case 'channel.remove':
      return { before: isObject(before) ? { name: before['name'], appId: before['appId'] } : before, after: null };
    case 'channel.key':
      return {
        before: { key: keyOf(before) },
        after: { key: 'renewed', ...(content.withToken && { token: 'renewed' }) },
      };
    case 'department.key':
      return { before: { key: keyOf(before) }, after: { key: 'renewed' } };
    case 'channel.revokeKey':
    case 'department.revokeKey':
      return { before: { key: keyOf(before) }, after: { key: 'ended' } };
    case 'department.put':
      return { before: spread(before, t), after: spread(content.settings, t) };
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
      return {
        before: placed ? before[key] : before,
        after,
        partly: kind === 'parameters' || kind === 'channel.settings',
      };
    }
  }
}

const keyOf = (before: unknown): string | null => (isObject(before) && before['hasKey'] === true ? 'issued' : null);

/** A department with a line for each field it may have. */
function spread(settings: unknown, t: Texts): unknown {
  if (!isObject(settings)) return settings;
  const { grants, ...rest } = settings;
  const lines = (grants as readonly Grant[]).map(({ field, form, consent, roundFen }) => [
    `grants.${field}`,
    [
      t.outward.forms[form],
      form === 'rounded' && roundFen !== undefined ? money(roundFen) : '',
      consent ? t.outward.withConsent : '',
    ]
      .filter(Boolean)
      .join(' · '),
  ]);
  return { ...rest, ...Object.fromEntries(lines) };
}

function noticeOf(notices: unknown, id: string): unknown {
  return Array.isArray(notices) ? (notices.find((one) => isObject(one) && one['id'] === id) ?? null) : notices;
}

/** A value as lines with names, for reading. */
export function linesOf(value: unknown, tongue: Tongue): readonly { readonly label: string; readonly value: string }[] {
  return [...flat(value, tongue)].map(([path, text]) => ({ label: labelOf(path, tongue), value: text }));
}

/** What a change is about, as it is named in a list. */
export function subjectOf(content: ChangeContent): string {
  switch (content.kind) {
    case 'channel.state':
      return content.channelId;
    case 'channel.all':
      return '';
    case 'channel.settings':
    case 'channel.remove':
    case 'channel.key':
    case 'channel.revokeKey':
      return content.channelId;
    case 'channel.add':
      return content.settings.code;
    case 'department.put':
      return content.settings.departmentId;
    case 'department.key':
    case 'department.revokeKey':
      return content.departmentId;
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
    case 'request.decide':
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

function labelOf(path: string, { t, language }: Tongue): string {
  const names = t.changes.fields as Readonly<Record<string, string>>;
  const [head, field] = path.split('.');
  if (head === 'grants' && field !== undefined && field in OUTWARD_FIELDS) {
    return `${names['grants']} · ${OUTWARD_FIELDS[field as Grant['field']].words[language]}`;
  }
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
