import { explain } from '@kiosk/contract/errors/catalogue.ts';
import { LOCAL_FONTS, STYLE } from '../../public/style.ts';
import type { JsonSchema, OpenApiDocument, Operation } from './document.ts';

/** What this page needs beside the style of all public pages: more width, tables, and text of machines. */
const PAGE_STYLE = `
main, footer { max-width: 60rem; }
main > p { max-width: 44rem; }
nav ul { list-style: none; margin: .5rem 0 2rem; padding: 0; columns: 22rem; }
nav li { break-inside: avoid; padding: .2rem 0; }
nav a, td a, dd a { color: var(--go); }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem; }
h2 small { display: block; font-size: .9rem; }
article { margin: 1rem 0; padding: 1.25rem; border-radius: 1rem; background: #fff; }
article h3 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
article h3 small { display: block; font-size: .9rem; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .85rem; }
code { overflow-wrap: anywhere; }
pre { overflow: auto; max-height: 22rem; margin: .5rem 0 0; padding: 1rem; border-radius: .6rem; background: var(--paper); }
.method { display: inline-block; min-width: 3.2rem; color: var(--go); font-weight: 700; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
details { margin-top: .75rem; }
summary { cursor: pointer; font-weight: 600; min-height: 1.75rem; }
summary:focus-visible, a:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
`;

/** The document as a page somebody reads: each route with its shapes, its refusals in words, and an example. No script. */
export function apiPage(document: OpenApiDocument, localFonts: boolean): string {
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const { title, description } = document.info as { title: string; description: string };
  const groups = document.tags.map(({ name, description: about }) => ({
    name,
    about,
    routes: routes.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const [zh = '', en = ''] = title.split(' · ');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(zh)}</title>
<style>${localFonts ? LOCAL_FONTS.map(({ face }) => face).join('\n') : ''}${STYLE}${PAGE_STYLE}</style>
</head>
<body>
<header><span class="mark" aria-hidden="true"></span><div>${escape(zh)}<small lang="en">${escape(en)}</small></div></header>
<main>
<p lang="en">${escape(description)} <a href="/openapi.json">openapi.json</a></p>
<nav aria-label="接口 Routes"><ul>${routes
    .map(
      ({ path, method, operation }) =>
        `<li><a href="#${operation.operationId}"><code>${method} ${escape(path)}</code></a></li>`,
    )
    .join('\n')}</ul></nav>
${groups.map(({ name, about, routes: own }) => group(name, about, own)).join('\n')}
<h2 id="shapes">数据结构<small lang="en">Shapes</small></h2>
${Object.entries(document.components.schemas)
  .map(([name, schema]) => shape(name, schema))
  .join('\n')}
</main>
<footer lang="en">Made from the contract this platform runs with.</footer>
</body>
</html>
`;
}

interface Route {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function group(name: string, about: string, routes: readonly Route[]): string {
  return `<h2 id="${escape(name)}">${twoLanguages(about)}</h2>\n${routes.map(route).join('\n')}`;
}

function route({ path, method, operation }: Route): string {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation;
  const request = requestBody?.content['application/json'];
  const answer = responses['200']?.content?.['application/json'];
  const rows = [
    ['凭证 Credential', credential(security)],
    ...parameters.map(({ name, in: where, schema }) => [`<code>${escape(name)}</code>`, `${where}: ${inline(schema)}`]),
    ...(request ? [['请求 Request', inline(request.schema)]] : []),
    ...(answer ? [['回答 Answer', inline(answer.schema)]] : []),
  ];
  return `<article id="${operationId}">
<h3>${twoLanguages(summary)}</h3>
<p><code><span class="method">${method}</span> ${escape(path)}</code></p>
${description ? `<p>${description.split('\n\n').map(escape).join('<br>')}</p>` : ''}
<div class="scroll"><table>${rows.map(([head, text]) => `<tr><th>${head}</th><td>${text}</td></tr>`).join('\n')}</table></div>
${example('请求示例 Example request', request?.example)}
${example('回答示例 Example answer', answer?.example)}
<details><summary>拒绝代码 Refusals</summary><div class="scroll"><table><tr><th>HTTP</th><th>代码 Code</th><th>含义 Meaning</th></tr>
${Object.entries(responses)
  .flatMap(([status, response]) => (response['x-codes'] ?? []).map((code) => refusal(status, code)))
  .join('\n')}</table></div></details>
</article>`;
}

/** What a caller shows. */
function credential(security: Operation['security']): string {
  const names = security.flatMap((one) => Object.keys(one));
  if (names.length === 0) return '无 none (TLS)';
  return names.map((name) => CREDENTIALS[name] ?? name).join(' + ');
}
const CREDENTIALS: Readonly<Record<string, string>> = {
  terminalCertificate: '客户端证书 client certificate',
  appId: '<code>x-app-id</code>',
  appKey: '<code>x-app-key</code>',
  session: '<code>Authorization: Bearer</code>',
  department: '<code>x-department</code>',
  departmentKey: '<code>x-department-key</code>',
};

function refusal(status: string, code: string): string {
  const { technician } = explain(code);
  return `<tr><td>${status}</td><td>${code}</td><td>${escape(technician.zh)}<br><small lang="en">${escape(technician.en)}</small></td></tr>`;
}

const example = (title: string, value: unknown): string =>
  value === undefined
    ? ''
    : `<details><summary>${title}</summary><pre tabindex="0">${escape(JSON.stringify(value, null, 2))}</pre></details>`;

function shape(name: string, schema: JsonSchema): string {
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
  const required = (schema['required'] ?? []) as readonly string[];
  const body = properties
    ? `<div class="scroll"><table>${Object.entries(properties)
        .map(
          ([field, inside]) =>
            `<tr><th><code>${escape(field)}</code></th><td>${inline(inside)}${required.includes(field) ? '' : ' <small>可省 optional</small>'}</td></tr>`,
        )
        .join('\n')}</table></div>`
    : `<p>${inline(schema)}</p>`;
  return `<article id="shape-${escape(name)}"><h3><code>${escape(name)}</code></h3>${body}</article>`;
}

/** A shape in one line; named ones are links. */
function inline(schema: JsonSchema): string {
  const { $ref, type, properties, items, enum: values, const: constant, pattern, additionalProperties } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return `<a href="#shape-${escape(name)}">${escape(name)}</a>`;
  }
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return (choices as JsonSchema[]).map(inline).join(' | ');
  const all = schema['allOf'];
  if (Array.isArray(all)) return (all as JsonSchema[]).map(inline).join(' &amp; ');
  if (constant !== undefined) return `<code>${escape(JSON.stringify(constant))}</code>`;
  if (Array.isArray(values)) return values.map((value) => `<code>${escape(JSON.stringify(value))}</code>`).join(' | ');
  if (type === 'array' && items) return `[ ${inline(items as JsonSchema)} ]${limits(schema, 'minItems', 'maxItems')}`;
  if (properties) {
    const fields = Object.entries(properties as Readonly<Record<string, JsonSchema>>);
    return `{ ${fields.map(([field, inside]) => `<code>${escape(field)}</code>: ${inline(inside)}`).join(', ')} }`;
  }
  if (type === 'object' && typeof additionalProperties === 'object') {
    return `{ [<code>string</code>]: ${inline(additionalProperties as JsonSchema)} }`;
  }
  const kind = typeof type === 'string' ? type : 'any';
  if (schema['contentEncoding'] === 'base64') return `base64${limits(schema, 'minLength', 'maxLength')}`;
  return `${kind}${limits(schema, 'minLength', 'maxLength')}${limits(schema, 'minimum', 'maximum')}${
    typeof pattern === 'string' ? ` <code>${escape(pattern)}</code>` : ''
  }`;
}

function limits(schema: JsonSchema, least: string, most: string): string {
  const [from, to] = [schema[least], schema[most]];
  const shown = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (!shown(from) && !shown(to)) return '';
  return ` <small>${shown(from) ? from : ''}–${shown(to) ? to : ''}</small>`;
}

function twoLanguages(text: string): string {
  const [zh = '', en = ''] = text.split(' · ');
  return `${escape(zh)}<small lang="en">${escape(en)}</small>`;
}

function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (char) => entities[char]!);
}
