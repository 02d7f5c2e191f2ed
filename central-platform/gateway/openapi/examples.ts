import { IDENTITY_EXAMPLES } from './examples-identity.ts';
import { GENESIS, entryDigest, headStatement, nextLink } from '@kiosk/contract/journal/chain.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { makeResumeCode } from '@kiosk/domain/resume-code.ts';
import { coreExamples } from './examples-core.ts';
import { requestExamples } from './examples-requests.ts';

/** Examples of the document: a synthetic depositor, a terminal, one entry of its journal. Everything is invented. */
const AT = Date.UTC(2026, 10, 21, 6, 8);
const TERMINAL = '300120';
const PERSON = syntheticPerson('ordinary', '2026-11-21');
/** 64 bytes that stand for a signature. */
const SIGNATURE = Buffer.alloc(64, 1).toString('base64');
const TOKEN = 'V2hvZXZlciByZWFkcyB0aGlzIGhhcyBub3RoaW5nLiAg';

const salt = Buffer.alloc(16, 7);
const body = Buffer.from(
  JSON.stringify({ v: 1, at: AT, data: { type: 'service.rated', sessionId: 'session-1', score: 'satisfied' } }),
);
const head = nextLink(intl, GENESIS, TERMINAL, 'business', 1, entryDigest(intl, salt, body));

export const ENTRY = { seq: 1, saltBase64: salt.toString('base64'), bodyBase64: body.toString('base64') };
export const STANDING = { stream: 'business', durableUpTo: 1, head } as const;
export const BATCH = {
  stream: 'business',
  suite: 'intl',
  previousHead: GENESIS,
  entries: [ENTRY],
  head,
  signatureBase64: SIGNATURE,
} as const;
export const PAGE = { stream: 'business', previousHead: GENESIS, entries: [ENTRY] } as const;
/** What a batch's signature is over. */
export const SIGNED_TEXT = headStatement(TERMINAL, 'business', 1, head);

const VERSIONS = { catalogue: 3, parameters: 7, command: 2 };
const pem = (kind: string, bytes: number) =>
  `-----BEGIN ${kind}-----\n${Buffer.alloc(bytes, 5)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${kind}-----\n`;
const ISSUED = {
  terminalId: TERMINAL,
  certificatePem: pem('CERTIFICATE', 96),
  serialNumber: '5c0de5c0de5c0de5c0de5c0de5c0de01',
  notBefore: AT,
  notAfter: AT + 365 * 86_400_000,
  renewFrom: AT + 305 * 86_400_000,
};
const CHECKED = '7K3M9QXD2HTB5WZR';
const EQUAL = { equal: true, differences: [], open: [] };
const DOCUMENT = makeDocumentNumber({ centre: '38010000', date: '2026-11-21', terminal: TERMINAL, sequence: 1 });
/** A code as `makeResumeCode` makes it, of nothing but zeros. */
const RESUME = makeResumeCode((count) => Buffer.alloc(count));
const PERIOD = { from: '2025-12', to: '2026-11' };
const ASK = { kind: 'depositCertificate', purpose: '购房' } as const;
const PAPER = {
  documentNumber: DOCUMENT,
  verificationCode: CHECKED,
  verificationUrl: `https://localhost/verify?n=${DOCUMENT}&c=${CHECKED}`,
  pages: 2,
  issuedAt: AT,
  sha256: 'ab'.repeat(32),
  pdfBase64: Buffer.from('%PDF-1.7').toString('base64'),
};

export const EXAMPLES = {
  heartbeat: {
    request: {
      programVersion: '0.1.0',
      at: AT,
      applied: VERSIONS,
      commands: [{ version: 2, name: 'selfTest', outcome: 'done' }],
      devices: [{ id: 'a4', state: 'fault', code: 'E4102' }],
      pending: { business: 0, audit: 2, telemetry: 40 },
    },
    answer: { serverTime: AT, downlink: VERSIONS },
  },
  downlink: {
    request: { applied: VERSIONS },
    answer: {
      envelopes: [
        {
          keyId: '0123456789abcdef',
          statementBase64: Buffer.from('{"v":1,"kind":"parameters"}').toString('base64'),
          signatureBase64: SIGNATURE,
        },
      ],
    },
  },
  sendCode: {
    request: { name: PERSON.name, idNumber: PERSON.idNumber, validTo: '2036-11-20' },
    answer: {
      challengeId: '019aa4b2-6c00-7000-8000-000000000001',
      phoneMasked: maskPhone(PERSON.phone),
      resendAfterSeconds: 60,
      validSeconds: 300,
    },
  },
  checkCode: {
    request: { challengeId: '019aa4b2-6c00-7000-8000-000000000001', code: '042137' },
    answer: { accepted: true, identityToken: TOKEN, expiresAt: AT + 900_000 },
  },
  ...IDENTITY_EXAMPLES,
  endIdentity: { request: { identityToken: TOKEN }, answer: {} },
  account: {
    request: { identityToken: TOKEN },
    answer: {
      accountNumber: PERSON.accounts[0]!.accountNumber,
      unitName: '江州市第一中学',
      accountStatus: '01',
      balanceFen: 8_346_012,
      asOf: AT,
      contributionBaseFen: 980_000,
      unitRatioBp: 1200,
      personRatioBp: 1200,
      unitMonthlyFen: 117_600,
      personMonthlyFen: 117_600,
      paidToMonth: '2026-10',
      openedOn: '2015-07-01',
      phoneMasked: maskPhone(PERSON.phone),
      recentBalances: [{ month: '2026-10', balanceFen: 8_346_012 }],
    },
  },
  details: {
    request: { identityToken: TOKEN, period: PERIOD },
    answer: {
      period: PERIOD,
      openingFen: 5_523_612,
      totalInFen: 235_200,
      totalOutFen: 0,
      interestFen: 0,
      closingFen: 5_758_812,
      rows: [
        {
          date: '2025-12-15',
          kind: '01',
          summary: '汇缴',
          depositMonth: '2025-12',
          inFen: 235_200,
          outFen: 0,
          balanceFen: 5_758_812,
        },
      ],
    },
  },
  ...coreExamples(PERSON, TOKEN, AT, '2026-11-21'),
  ...requestExamples(TOKEN, AT),
  leave: {
    request: { identityToken: TOKEN, to: 'resume', item: 'P01', step: 'period', form: PERIOD },
    answer: { code: RESUME, expiresAt: AT + 172_800_000 },
  },
  takeUp: {
    request: { identityToken: TOKEN, code: RESUME },
    answer: { item: 'P01', step: 'period', form: PERIOD, from: '40' },
  },
  issueStatement: {
    request: {
      identityToken: TOKEN,
      operationId: '019aa4b2-6c00-7000-8000-000000000002',
      period: PERIOD,
      maskIdNumber: true,
    },
    answer: PAPER,
  },
  previewDocument: {
    request: { identityToken: TOKEN, ask: ASK, maskIdNumber: true },
    answer: { pages: 1, pdfBase64: Buffer.from('%PDF-1.7').toString('base64') },
  },
  issueDocument: {
    request: {
      identityToken: TOKEN,
      operationId: '019aa4b2-6c00-7000-8000-000000000003',
      ask: ASK,
      maskIdNumber: true,
    },
    answer: PAPER,
  },
  reprintDocument: {
    request: {
      identityToken: TOKEN,
      operationId: '019aa4b2-6c00-7000-8000-000000000004',
      documentNumber: DOCUMENT,
    },
    answer: PAPER,
  },
  ownDocuments: {
    request: { identityToken: TOKEN },
    answer: {
      documents: [
        {
          documentNumber: DOCUMENT,
          kind: 'depositStatement',
          state: 'valid',
          issuedAt: AT,
          validUntil: '2027-05-21',
          pages: 2,
          reprints: 0,
          certificate: null,
        },
      ],
    },
  },
  cancelCertificate: {
    request: { identityToken: TOKEN, documentNumber: DOCUMENT, reason: 'notNeeded' },
    answer: { state: 'cancelRequested' },
  },
  verifyDocument: { request: { documentNumber: DOCUMENT, code: CHECKED }, answer: { verdict: 'unknown' } },
  reportHeads: {
    request: { at: AT, heads: [{ stream: 'business', seq: 1, head }], signatureBase64: SIGNATURE },
    answer: EQUAL,
  },
  closeDay: {
    request: {
      close: {
        number: 1,
        day: '2026-11-21',
        at: AT,
        windows: [
          { stream: 'business', from: 1, to: 1, head },
          { stream: 'audit', from: 1, to: 0, head: GENESIS },
          { stream: 'telemetry', from: 1, to: 0, head: GENESIS },
        ],
        totals: {
          requests: 1,
          printsIntended: 1,
          printsDone: 1,
          printsFailed: 0,
          printsUnknown: 0,
          sheets: { least: 1, most: 2 },
          slips: { least: 0, most: 0 },
          cards: { least: 0, most: 0 },
        },
        underWay: { sheets: 0, slips: 0, cards: 0 },
        moved: {
          sheets: { notComparable: 'first' },
          slips: { notComparable: 'first' },
          cards: { notComparable: 'first' },
        },
        devices: null,
      },
      signatureBase64: SIGNATURE,
    },
    answer: EQUAL,
  },
  linkAt: { request: { stream: 'business', seq: 1 }, answer: { link: null } },
  reportFirstDifference: {
    request: {
      stream: 'business',
      firstSeq: 1,
      own: head,
      platform: null,
      probes: 12,
    },
    answer: EQUAL,
  },
  enrol: {
    request: {
      terminalId: TERMINAL,
      code: 'K7M2P-9QXDT',
      certificateRequestPem: pem('CERTIFICATE REQUEST', 96),
      signingKeyPem: pem('PUBLIC KEY', 44),
      signatureBase64: SIGNATURE,
    },
    answer: ISSUED,
  },
  renewCertificate: {
    request: { certificateRequestPem: pem('CERTIFICATE REQUEST', 96) },
    answer: ISSUED,
  },
} as const;
