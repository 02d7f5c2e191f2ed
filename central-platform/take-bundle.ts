import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { BundleReceipt } from '@kiosk/contract/journal/bundle.ts';
import { Refusal } from '@kiosk/contract/platform/api.ts';

const USAGE = `Usage: node central-platform/take-bundle.ts FILE --url http://127.0.0.1:PORT --token-file FILE

Hands a journal bundle that a technician carried to the platform that runs, and writes FILE.receipt.json beside it.
Handing in the same one again changes nothing. Exit codes: 0 all of it is here, 1 refused or partly put aside, 2 usage.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const typed = options();
  const [file] = typed?.positionals ?? [];
  const { url, 'token-file': tokenFile, help = false } = typed?.values ?? {};
  if (help || file === undefined || typed?.positionals.length !== 1 || url === undefined || tokenFile === undefined) {
    (help ? process.stdout : process.stderr).write(USAGE + '\n');
    return help ? 0 : 2;
  }
  const missing = [file, tokenFile].find((needed) => !existsSync(needed));
  if (missing !== undefined || !URL.canParse(url)) {
    process.stderr.write(missing === undefined ? `not an address: ${url}\n` : `no such file: ${missing}\n`);
    return 2;
  }
  const answer = await send(file, url, tokenFile).catch(() => undefined);
  if (!answer) {
    process.stderr.write(`the platform does not answer at ${url}; nothing is lost, hand it in again\n`);
    return 1;
  }
  const text = await answer.text();
  if (!answer.ok) {
    const refusal = Refusal.safeParse(parse(text)).data;
    process.stderr.write(refusal ? `${refusal.code}  ${refusal.detail ?? ''}\n` : `HTTP ${answer.status}\n`);
    return 1;
  }
  const receipt = BundleReceipt.parse(parse(text));
  writeFileSync(`${file}.receipt.json`, JSON.stringify(receipt, null, 2) + '\n');
  for (const { stream, entries, stored, putAside, code, durableUpTo } of receipt.streams) {
    const aside = putAside === 0 ? '' : `, ${putAside} put aside (${code})`;
    process.stdout.write(`${stream}: ${entries} entries, ${stored} new, platform has up to ${durableUpTo}${aside}\n`);
  }
  return receipt.streams.every(({ putAside }) => putAside === 0) ? 0 : 1;
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        'token-file': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch {
    return undefined;
  }
}

function send(file: string, url: string, tokenFile: string): Promise<Response> {
  return fetch(new URL('/management/bundles', url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`,
      'content-type': 'application/octet-stream',
    },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
