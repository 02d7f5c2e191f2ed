import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, examplePaper } from '@kiosk/documents/kinds/examples.ts';
import { createTestSeal } from '../../testing/seal.ts';
import { workerRenderer } from '../renderer.ts';
import { processSeal } from './process-seal.ts';
import { proofKey, readProofKey } from './proof.ts';
import { sealSuite } from './seal.suite.ts';

const CENTRE = '江州市住房公积金管理中心';
const folder = mkdtempSync(join(tmpdir(), 'seal-'));
const files = await createTestSeal(folder, CENTRE);
const log: unknown[] = [];
const seal = processSeal(files, (entry) => void log.push(entry));
const fontsDir = fileURLToPath(new URL('../../../assets/fonts', import.meta.url));
const renderer = workerRenderer({ fontsDir, proofKeyFile: files.proofKeyFile }, () => {});
after(async () => {
  await seal.close();
  await renderer.close();
  rmSync(folder, { recursive: true });
});

async function rendered(signatureField = true) {
  const kind = 'crossRegionCertificate';
  const answer = await renderer.render(kind, EXAMPLES[kind], examplePaper(kind, { signatureField }));
  assert.ok(answer.ok);
  return answer.value;
}

async function sealedFile(): Promise<Buffer> {
  const sealed = await seal.seal(await rendered());
  assert.ok(sealed.ok);
  return Buffer.from(sealed.value.bytes);
}

/** What poppler says of the signature; undefined, and the test marked as skipped, where it is not installed. */
function pdfsig(bytes: Uint8Array, ...options: string[]): string | undefined {
  const file = join(folder, 'sealed.pdf');
  writeFileSync(file, bytes);
  const run = spawnSync('pdfsig', [...(options.length > 0 ? options : ['-nocert']), file], { encoding: 'utf8' });
  return run.error ? undefined : run.stdout;
}

function missing(t: TestContext, program: string): boolean {
  const gone = spawnSync(program, ['-h']).error !== undefined;
  if (gone) t.skip(`${program} not installed`);
  return gone;
}

sealSuite('signature in the PDF', async () => ({
  seal,
  rendered,
  holds: (bytes) => pdfsig(bytes)?.includes('Signature is Valid') ?? true,
}));

test('poppler calls the signature valid, of the whole file, by the centre, in the form of PAdES', async (t) => {
  if (missing(t, 'pdfsig')) return;
  const said = pdfsig(await sealedFile())!;
  assert.match(said, /Signature is Valid/);
  assert.match(said, /Total document signed/);
  assert.match(said, /ETSI\.CAdES\.detached/);
  assert.match(said, /Signing Hash Algorithm: SHA-256/);
  assert.ok(said.includes(`Signer Certificate Common Name: ${CENTRE}`), said);
});

test('who trusts the authority of the seal sees its certificate trusted; who does not sees that', async (t) => {
  if (missing(t, 'pdfsig') || missing(t, 'certutil')) return;
  const bytes = await sealedFile();
  const [knowing, strange] = ['knowing', 'strange'].map((name) => mkdtempSync(join(folder, name)));
  for (const store of [knowing!, strange!]) execFileSync('certutil', ['-N', '-d', `sql:${store}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${knowing}`, '-n', 'seal', '-t', ',C,C', '-i', files.authorityFile]);
  assert.match(pdfsig(bytes, '-nssdir', `sql:${knowing}`)!, /Certificate is Trusted/);
  const doubted = pdfsig(bytes, '-nssdir', `sql:${strange}`)!;
  assert.match(doubted, /Signature is Valid/);
  assert.doesNotMatch(doubted, /Certificate is Trusted/);
});

test('another program agrees: openssl verifies the CMS over the signed bytes up to the authority', async (t) => {
  if (missing(t, 'openssl')) return;
  const bytes = await sealedFile();
  const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(bytes.toString('latin1'))!.slice(1).map(Number);
  const [from, length, again, rest] = range as [number, number, number, number];
  assert.equal(again + rest, bytes.length);
  writeFileSync(join(folder, 'content'), Buffer.concat([bytes.subarray(from, length), bytes.subarray(again)]));
  const hex = bytes.subarray(length + 1, again - 1).toString('latin1');
  writeFileSync(join(folder, 'cms'), Buffer.from(hex, 'hex'));
  const options = ['-inform', 'DER', '-in', 'cms', '-content', 'content', '-binary', '-out', 'out'];
  const run = spawnSync('openssl', ['cms', '-verify', ...options, '-CAfile', files.authorityFile, '-purpose', 'any'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.match(run.stderr, /CMS Verification successful/i);
  const printed = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'cms'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.match(printed, /signingCertificateV2/);
  assert.doesNotMatch(printed, /signingTime/, 'the time of a PAdES signature stands in the PDF');
});

test('one byte altered anywhere in the file: the signature is not valid any more', async (t) => {
  if (missing(t, 'pdfsig')) return;
  const bytes = await sealedFile();
  const contents = bytes.indexOf('/Contents <');
  // In the first object, in a stream, behind the signature, and in the last stream of the file.
  for (const at of [40, contents - 400, contents + 17_000, bytes.length - 2_000]) {
    const altered = Buffer.from(bytes);
    altered[at]! ^= 1;
    assert.doesNotMatch(pdfsig(altered)!, /Signature is Valid/, `byte ${at}`);
  }
});

test('a file with no place for a signature is refused and nothing is signed', async () => {
  const answer = await seal.seal(await rendered(false));
  assert.equal(answer.ok ? 'sealed' : answer.error.code, 'E5206');
});

test('the seal takes its own proof key and no other, and its key is no part of what it answers or logs', async () => {
  const { bytes } = await rendered();
  const foreign = proofKey('another key of more than thirty-two characters');
  const answer = await seal.seal({ bytes, proof: foreign.prove(bytes) });
  assert.equal(answer.ok ? 'sealed' : answer.error.code, 'E5205');
  const sealed = await sealedFile();
  const secrets = [readFileSync(files.proofKeyFile, 'utf8'), readFileSync(files.keyFile, 'utf8').split('\n')[1]!];
  for (const secret of secrets) assert.ok(!sealed.includes(secret) && !JSON.stringify(log).includes(secret));
});

test('a seal process that cannot read its key answers with a code, and a later start may go better', async () => {
  const keyFile = join(folder, 'not there yet');
  const late = processSeal({ ...files, keyFile }, (entry) => void log.push(entry));
  const one = await rendered();
  const answer = await late.seal(one);
  assert.equal(answer.ok ? 'sealed' : answer.error.code, 'E5206');
  writeFileSync(keyFile, readFileSync(files.keyFile));
  assert.ok((await late.seal(one)).ok);
  await late.close();
});

test("the same document sealed twice differs in nothing but the signature, and its proof is the renderer's", async () => {
  const one = await rendered();
  assert.ok(readProofKey(files.proofKeyFile).proves(one.bytes, one.proof));
  const again = await rendered();
  assert.ok(Buffer.from(one.bytes).equals(again.bytes));
});
