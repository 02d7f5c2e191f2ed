import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openApiDocument } from '@kiosk/central-platform/gateway/openapi/document.ts';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import { EntryBody } from '@kiosk/contract/journal/entry.ts';
import type { ServiceSpec } from '@kiosk/contract/kernel/service.ts';
import { platformRoutes } from '@kiosk/contract/platform/api.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { RemoteCommand, Statement } from '@kiosk/contract/platform/downlink.ts';
import { Batch, BatchConflict, BatchReceipt, StreamHead } from '@kiosk/contract/platform/ingest.ts';
import { Parameters } from '@kiosk/contract/platform/parameters.ts';
import type { z } from 'zod';
import { commentsOf } from './comments.ts';
import { deviceFaults } from './device-faults.ts';
import { NamedShapes, type Schema, inline, link, referencesIn } from './shapes.ts';

const CONTRACT = join(import.meta.dirname, '../../contract');
const MADE = '<!-- Made from the contract by `npm run reference`. Do not edit. -->';
const MADE_FROM_SUITES = '<!-- Made from the suites of the devices by `npm run reference`. Do not edit. -->';

/** Where shapes and services stand. What is exported there has a name of its own on the pages. */
const SOURCES = ['*.ts', '{services,platform,journal,screen}/*.ts'];

const shapes = new NamedShapes();
const comments = new Map<string, string>();
const found: { readonly name: string; readonly spec: ServiceSpec; readonly file: string }[] = [];
for (const file of globSync(SOURCES, { cwd: CONTRACT }).sort()) {
  if (file.endsWith('.test.ts')) continue;
  const path = join(CONTRACT, file);
  const exported = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  shapes.add(exported);
  for (const [where, text] of commentsOf(path)) comments.set(where, text);
  for (const [name, value] of Object.entries(exported)) {
    if (isService(value)) found.push({ name, spec: value, file: `contract/${file.replaceAll('\\', '/')}` });
  }
}

function isService(value: unknown): value is ServiceSpec {
  return typeof value === 'object' && value !== null && 'commands' in value && 'snapshot' in value;
}

/** Every generated page by its file name in docs/reference/. */
export function pages(): Readonly<Record<string, string>> {
  return {
    'services.md': services(),
    'platform-api.md': platformApi(),
    'platform-openapi.json': `${JSON.stringify(openApiDocument(), null, 2)}\n`,
    'errors.md': errors(),
    'device-faults.md': deviceFaults(MADE_FROM_SUITES),
  };
}

function services(): string {
  const page = new Page('Services of a machine');
  page.say(
    'What the programs of one terminal offer each other over local sockets. Every command answers once: done, or failed with a code of the [error catalogue](errors.md). The snapshot is pushed whole when it changes.',
  );
  const ordered = found.toSorted((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
  for (const { name, spec, file } of ordered) page.service(name, spec, file);
  return page.finish();
}

function platformApi(): string {
  const page = new Page('The platform’s interface for terminals');
  page.say(comments.get('Refusal') ?? '');
  for (const [name, { method, path, request, answer }] of Object.entries(platformRoutes)) {
    page.say(`## ${name}`, `\`${method} ${path}\``, comments.get(`platformRoutes.${name}`) ?? '');
    page.say(page.shape('Request', request), page.shape('Answer', answer));
  }
  page.say('## batches', comments.get('Batch') ?? '');
  page.say(page.shape('Request', Batch), page.shape('Answer', BatchReceipt));
  page.say(page.shape('Conflict (409)', BatchConflict));
  page.say('## heads', comments.get('StreamHead') ?? '', page.shape('Answer', StreamHead));
  page.say('## What an envelope holds', comments.get('Statement') ?? '', page.shape('Signed', Statement));
  page.say(page.shape('Content of catalogue', Catalogue), page.shape('Content of parameters', Parameters));
  page.say(page.shape('Content of command', RemoteCommand));
  page.say('## What a journal entry holds', comments.get('EntryBody') ?? '', page.shape('Body', EntryBody));
  return page.finish();
}

/** A page that collects the named shapes it mentions and describes each once at its end. */
class Page {
  readonly #parts: string[];
  readonly #mentioned = new Set<string>();

  constructor(title: string) {
    this.#parts = [MADE, `# ${title}`];
  }

  say(...paragraphs: readonly string[]): void {
    this.#parts.push(...paragraphs.filter((text) => text !== ''));
  }

  service(name: string, spec: ServiceSpec, file: string): void {
    this.say(`## ${spec.name}`, comments.get(name) ?? '', `Source: [${file}](../../${file})`);
    this.say(this.shape('Snapshot', spec.snapshot));
    for (const [event, payload] of Object.entries(spec.events)) {
      this.say(`### Event ${event}`, comments.get(`${name}.events.${event}`) ?? '', this.shape('Payload', payload));
    }
    for (const [command, { input, output, progress, deadlineMs }] of Object.entries(spec.commands)) {
      this.say(`### ${command}`, comments.get(`${name}.commands.${command}`) ?? '');
      this.say(
        [
          this.shape('Input', input, '- '),
          this.shape('Output', output, '- '),
          ...(progress ? [this.shape('Progress', progress, '- ')] : []),
          `- **Deadline:** ${deadlineMs / 1000} s`,
        ].join('\n'),
      );
    }
  }

  shape(label: string, shape: z.ZodType, bullet = ''): string {
    const name = shapes.nameOf(shape);
    if (name) this.#mentioned.add(name);
    return `${bullet}**${label}:** ${name ? link(name) : this.#mention(shapes.schemaOf(shape))}`;
  }

  finish(): string {
    // Describing a shape may mention others: a Set is walked to its end while it grows.
    const described = [...walk(this.#mentioned, (name) => this.#describe(name))].sort(([a], [b]) => (a < b ? -1 : 1));
    return `${[...this.#parts, '## Shapes', ...described.flatMap(([, text]) => text)].join('\n\n')}\n`;
  }

  #mention(schema: Schema): string {
    for (const name of referencesIn(schema)) this.#mentioned.add(name);
    return inline(schema);
  }

  #describe(name: string): string[] {
    const schema = shapes.describe(name);
    const about = comments.get(name);
    const head = [`### ${name}`, ...(about ? [about] : [])];
    if (schema.type === 'object' && schema.properties) return [...head, this.#fields(name, schema)];
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices?.every((choice) => choice.type === 'object' || choice.$ref)) {
      return [...head, choices.map((choice) => `- ${this.#mention(choice)}`).join('\n')];
    }
    return [...head, this.#mention(schema)];
  }

  #fields(name: string, { properties = {}, required }: Schema): string {
    const rows = Object.entries(properties).map(([field, schema]) => [
      `\`${field}\`${required?.includes(field) ? '' : ' (optional)'}`,
      cell(this.#mention(schema)),
      cell(comments.get(`${name}.${field}`) ?? ''),
    ]);
    return table(['Field', 'Shape', 'Meaning'], rows);
  }
}

function* walk<T>(names: Set<string>, describe: (name: string) => T): Generator<[string, T]> {
  for (const name of names) yield [name, describe(name)];
}

function errors(): string {
  const rows = (language: 'zh' | 'en') =>
    Object.entries(catalogue)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { severity, depositor, next, technician }]) => {
        return [code, severity, depositor[language], next[language], technician[language]].map(cell);
      });
  return `${[
    MADE,
    '# Error catalogue · 错误代码表',
    '## English',
    SEVERITIES.en,
    table(['Code', 'Severity', 'The depositor reads', 'What the depositor does', 'The technician reads'], rows('en')),
    '## 中文',
    SEVERITIES.zh,
    table(['代码', '级别', '群众看到', '群众怎么办', '维护人员看到'], rows('zh')),
  ].join('\n\n')}\n`;
}

const SEVERITIES = {
  en: 'person: the depositor can mend it. warning: works, someone should come. fault: a part does not work. stop: the kiosk is out of service. alarm: tell the security officer.',
  zh: 'person：群众自己能解决；warning：还能用，需要有人来看；fault：某个部件不能用；stop：整机停止服务；alarm：立即告知安全员。',
} as const;

/** A bar inside a cell would end it. */
const cell = (text: string) => text.replace(/(?<!\\)\|/g, '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
