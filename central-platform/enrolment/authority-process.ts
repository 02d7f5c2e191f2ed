import { readFileSync } from 'node:fs';
import { type CertificateOrder, createIssuer } from './issue.ts';

export type AuthorityRequest = CertificateOrder & { readonly id: number };
export type AuthorityReply =
  { readonly id: number; readonly certificatePem: string } | { readonly id: number; readonly refused: string };

/**
 * The process that holds the enrolment authority's key: `authority-process.ts KEYFILE CERTIFICATEFILE`. Speaks over the
 * channel it was forked with and ends with it. Signs client certificates of terminals only.
 */
const [keyFile = '', certificateFile = ''] = process.argv.slice(2);
const issue = await createIssuer(readFileSync(keyFile, 'utf8'), readFileSync(certificateFile, 'utf8'));

process.on('message', ({ id, ...order }: AuthorityRequest) => {
  void issue(order).then((result) => process.send!({ id, ...result } satisfies AuthorityReply));
});
process.on('disconnect', () => process.exit(0));
process.send!({ ready: true });
