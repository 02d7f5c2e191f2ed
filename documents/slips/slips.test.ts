import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlipDocument, type SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { makeResumeCode } from '@kiosk/domain/resume-code.ts';
import { SYNTHETIC_CENTRE_NAME } from '@kiosk/domain/synthetic.ts';
import { columnsOf, layoutRow, SLIP_COLUMNS } from '../columns.ts';
import { failureSlip } from './failure-slip.ts';
import { requestSlip } from './request-slip.ts';
import { sessionSlip } from './session-slip.ts';
import { statementSlip } from './statement-slip.ts';
import { exampleSlips } from './examples.ts';
import { SLIP_WORDS, type SlipLanguage } from './words.ts';

const LANGUAGES: readonly SlipLanguage[] = ['zh-CN', 'en'];
const documentNumber = makeDocumentNumber({
  centre: '38010000',
  date: '2026-11-21',
  terminal: 'JZ0030',
  sequence: 427,
});
const requestNumber = makeRequestNumber({ terminal: 'JZ0030', counter: 427 });
const resumeCode = makeResumeCode((n) => Uint8Array.from({ length: n }, (_, i) => i * 37));

const frame = (language: SlipLanguage) => ({
  language,
  centreName: language === 'en' ? 'Jiangzhou Housing Provident Fund Centre' : SYNTHETIC_CENTRE_NAME,
  terminalId: 'JZ0030',
  at: Date.UTC(2026, 10, 21, 6, 8, 5),
});

function statement(language: SlipLanguage): SlipDocumentInput {
  return statementSlip({
    ...frame(language),
    documentNumber,
    verificationCode: '0123456789ABCDEF',
    verifyUrl: 'https://gjj.jiangzhou.example/v',
    documentTitle: language === 'en' ? 'Deposit statement' : '个人住房公积金缴存明细对账单',
    period: { from: '2025-12-01', to: '2026-11-21' },
    pages: 3,
  });
}

function request(language: SlipLanguage, offline: boolean): SlipDocumentInput {
  return requestSlip({
    ...frame(language),
    requestNumber,
    item: language === 'en' ? 'Complaint' : '投诉',
    replyWay: language === 'en' ? 'SMS to 122******42' : '短信答复 122******42',
    offline,
  });
}

const session = (language: SlipLanguage) =>
  sessionSlip({ ...frame(language), sessionNumber: 'S-42', read: ['A'], printed: [], stored: ['B'] });
const failure = (language: SlipLanguage) =>
  failureSlip({ ...frame(language), resumeCode, failed: 'F', safe: 'S', next: 'N', errorCode: 'E4102' });
const everySlip = (language: SlipLanguage) => [
  statement(language),
  request(language, false),
  request(language, true),
  session(language),
  failure(language),
  ...Object.values(exampleSlips(language)),
];
const textOf = (slip: SlipDocumentInput) =>
  slip.blocks
    .map((block) => (block.type === 'text' ? block.text : block.type === 'row' ? `${block.label} ${block.value}` : ''))
    .join('\n');

test('every slip in every language is what the printer accepts', () => {
  for (const language of LANGUAGES) for (const slip of everySlip(language)) SlipDocument.parse(slip);
});

test('on 80 mm paper labels and values share their line, and double-size lines do not break', () => {
  for (const language of LANGUAGES) {
    for (const slip of everySlip(language)) {
      for (const block of slip.blocks) {
        // The form of a paper beside its name may take a second line.
        if (block.type === 'row' && !/^\d\./.test(block.label))
          assert.equal(layoutRow(block.label, block.value, SLIP_COLUMNS).length, 1, `${block.label}: ${block.value}`);
        if (block.type === 'text' && block.size === 2) assert.ok(columnsOf(block.text) * 2 <= SLIP_COLUMNS, block.text);
      }
    }
  }
});

test('labels are short in both languages', () => {
  for (const language of LANGUAGES) {
    const { documentNumber, verificationCode, requestNumber, item, reply, terminal, time, enquiries, sheets } =
      SLIP_WORDS[language];
    for (const label of [
      documentNumber,
      verificationCode,
      requestNumber,
      item,
      reply,
      terminal,
      time,
      enquiries,
      sheets,
    ]) {
      assert.ok(columnsOf(label) <= 16, label);
    }
  }
});

test('a request slip says received and claims no decision, online or offline', () => {
  for (const offline of [false, true]) {
    assert.match(textOf(request('zh-CN', offline)), /已收到，尚未办结/);
    assert.doesNotMatch(textOf(request('zh-CN', offline)), /已办结|办理成功|审核通过|已受理完成/);
    assert.match(textOf(request('en', offline)), /Received, not decided/);
  }
  assert.match(textOf(request('zh-CN', true)), /线路恢复后自动送达/);
  assert.doesNotMatch(textOf(request('zh-CN', false)), /线路/);
});

test('whatever was not decided claims no decision, and what waits for its identity says so', () => {
  for (const [name, slip] of Object.entries(exampleSlips('zh-CN'))) {
    if (name !== 'done') assert.doesNotMatch(textOf(slip), /(?<!尚未)办结(?!期限)|办理成功|审核通过|已批准/, name);
  }
  assert.match(textOf(exampleSlips('zh-CN')['offlineRequest']!), /身份核验 待中心完成[^]*核验通过才会受理/);
  assert.match(textOf(exampleSlips('en')['offlineRequest']!), /Identity To be completed/);
  assert.doesNotMatch(textOf(exampleSlips('zh-CN')['request']!), /身份核验/);
  assert.match(textOf(exampleSlips('zh-CN')['requestedAppointment']!), /尚未确认[^]*请不要前往/);
});

test('a calculation says that it is no certificate, and a guide how old it is', () => {
  for (const language of LANGUAGES) {
    const slips = exampleSlips(language);
    assert.match(textOf(slips['calculation']!), /不作凭证|not a certificate/);
    assert.match(textOf(slips['materials']!), /2026-11-20/);
    assert.match(textOf(slips['branch']!), /14:05/);
  }
});

test('a slip carries its number in the form that people quote', () => {
  assert.match(textOf(request('zh-CN', true)), new RegExp(`YTJ JZ0030 000427 ${requestNumber.at(-1)}`));
  assert.match(textOf(statement('zh-CN')), new RegExp(`38010000 20261121 JZ0030 000427 ${documentNumber.at(-1)}`));
  assert.match(textOf(failure('en')), new RegExp(`${resumeCode.slice(0, 4)} ${resumeCode.slice(4)}`));
  assert.equal(request('en', true).number, requestNumber);
});

test('the QR code of a document slip verifies the document', () => {
  const qr = statement('en').blocks.find((block) => block.type === 'qr');
  assert.equal(qr?.data, `https://gjj.jiangzhou.example/v?n=${documentNumber}&c=0123456789ABCDEF`);
});

test('nothing printed is said, not left blank', () => {
  assert.match(textOf(session('zh-CN')), /打印了什么\n· 无/);
  assert.match(textOf(session('en')), /What was printed\n· Nothing/);
});

test('no Chinese is left on an English slip', () => {
  for (const slip of everySlip('en')) assert.doesNotMatch(textOf(slip), /\p{Script=Han}/u);
});
