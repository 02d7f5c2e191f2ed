import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { BundleReceipt } from '@kiosk/contract/journal/bundle.ts';
import { Refusal } from '@kiosk/contract/platform/api.ts';

const USAGE = `Usage: node central-platform/take-bundle.ts FILE --url http://127.0.0.1:PORT --token-file FILE

Hands a journal bundle that a technician carried to the platform that runs, and writes FILE.receipt.json beside it.
Handing in the same one again changes nothing. Exit codes: 0 all of it is here, 1 refused or partly put aside, 2 usage.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, 'token-file': { type: 'string' } },
  });
  const [file] = positionals;
  const { url, 'token-file': tokenFile } = values;
  if (file === undefined || positionals.length !== 1 || url === undefined || tokenFile === undefined) {
    process.stderr.write(USAGE + '\n');
    return 2;
  }
  const answer = await fetch(new URL('/management/bundles', url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`,
      'content-type': 'application/octet-stream',
    },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
