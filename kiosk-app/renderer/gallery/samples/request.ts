/** Requests, from what is wanted to the number and what became of it, as the session tells them. */

import { viewOf } from '../../../session/flow/view.ts';
import { answerOf } from '../../../session/testing/answers.ts';
import * as F from '../../../session/testing/fixtures.ts';
import { Play } from '../../../session/testing/play.ts';
import { fullHost } from '../../../session/testing/identity-answers.ts';
import { OTHER, OUTCOMES } from '../../../session/testing/request-answers.ts';
import type { Sample } from './sample.ts';

/** The very screen of a journey that got there. */
function sample(name: string, play: Play): Sample {
  const { content, frame } = viewOf(play.state)!;
  return { name, content, frame: { person: frame.person, link: frame.link } };
}

const SIGNATURE: [number, number][][] = [Array.from({ length: 12 }, (_, at) => [at * 60, 300 + (at % 3) * 90])];

const slot = (play: Play) => {
  play.act({ type: 'open', item: 'B08' }).act({ type: 'choose', id: 'withdrawal' });
  return play.asks('askPlatform') ? play.answer('askPlatform', answerOf('appointmentSlots')) : play;
};
const chosen = (play: Play) => slot(play).act({ type: 'chooseSlot', date: '2026-11-25', half: 'morning' });
const offline = () => chosen(Play.ready(F.OFFLINE).layCard()).submit();
const taken = () => offline().answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: true }).keepIntent();
const voice = () => Play.ready().act({ type: 'open', item: 'S01' });
const became = (outcome: keyof typeof OUTCOMES) => chosen(Play.identified()).submit().took(OUTCOMES[outcome]);

const newPhone = () => Play.identified().act({ type: 'open', item: 'B01' });
const codeSent = () => newPhone().act({ type: 'enter', value: F.OTHER_PHONE }).answer('askPlatform', F.CODE_SENT);
const toSign = () =>
  codeSent().act({ type: 'enter', value: '246810' }).answer('askPlatform', answerOf('checkContactCode'));

const opened = (item: string, play = Play.identified()) => play.act({ type: 'open', item });
const choose = (play: Play, ...ids: string[]) => ids.reduce((so, id) => so.act({ type: 'choose', id }), play);
const told = (play: Play, route: Parameters<typeof answerOf>[0], variant = 0) =>
  play.answer('askPlatform', answerOf(route, variant));
const rent = (variant = 0) => told(opened('B04').act({ type: 'enter', value: '3' }), 'withdrawalCheck', variant);
const proof = () => rent().act({ type: 'press', id: 'continue' });
const offlineRent = () => opened('B04', Play.ready(F.OFFLINE).layCard()).act({ type: 'enter', value: '3' });
const loans = (item: string) => told(opened(item), 'loans');
const trial = () => told(loans('B06').act({ type: 'enter', value: '10000000' }), 'earlyRepaymentTrial');
const card = () => opened('B02', Play.identified(F.agentSnapshot(), fullHost()));
const cases = () => told(opened('Q06'), 'progress', 1);
const left = (to: 'phone' | 'resume') =>
  told(choose(proof().act({ type: 'press', id: 'leave' }), to), 'leave', to === 'phone' ? 1 : 0);
const agent = () =>
  choose(opened('B09'), 'agent')
    .act({ type: 'enter', value: OTHER.name })
    .act({ type: 'enter', value: OTHER.idNumber });

/** Withdrawal, another card, another phone and the certificate in one go. */
const retired = () => {
  const asked = told(opened('B03'), 'withdrawalCheck').act({ type: 'press', id: 'continue' });
  told(choose(asked, 'consent', 'newCard').act({ type: 'enter', value: F.CARD_NUMBER }), 'verifyPayoutCard');
  choose(asked, 'other').act({ type: 'enter', value: F.OTHER_PHONE }).answer('askPlatform', F.CODE_SENT);
  const sign = told(asked.act({ type: 'enter', value: '246810' }), 'checkContactCode');
  const sent = told(sign.act({ type: 'sign', strokes: SIGNATURE }), 'confirmRequest');
  const words = { zh: '工作人员核对后更改', en: 'Changed when our staff have checked it' };
  const change = { item: 'B01', verdict: 'open' as const, words };
  const results = { ...OUTCOMES.granted.results, parts: [change] };
  return sent.took({ ...OUTCOMES.granted, item: 'B03', results });
};

const called = (play: Play) => choose(opened('S03', play), 'stuck');
const STAFF_TOLD = {
  zh: '已通知值班人员，请在机器旁稍等。',
  en: 'Staff on duty have been told. Please wait by the machine.',
};

export const REQUEST: readonly Sample[] = [
  sample('rent-months', opened('B04')),
  sample('rent-checked', rent()),
  sample('rent-refused', rent(1)),
  sample('rent-proof', proof()),
  sample('rent-pay-to', choose(proof(), 'consent')),
  sample('rent-sign', choose(proof(), 'consent', 'onRecord')),
  sample('rent-sign-offline', choose(offlineRent(), 'commitment', 'onRecord')),
  sample(
    'retired-contact',
    choose(told(opened('B03'), 'withdrawalCheck').act({ type: 'press', id: 'continue' }), 'consent', 'onRecord'),
  ),
  sample('loan-way', loans('B05')),
  sample('loan-agreement', choose(loans('B05'), 'offsetMonthly')),
  sample('early-amount', loans('B06')),
  sample('early-trial', trial()),
  sample('card-how', card()),
  sample('card-insert', choose(card(), 'insert')),
  sample('card-type', choose(card(), 'type')),
  sample('card-name', told(choose(card(), 'type').act({ type: 'enter', value: F.CARD_NUMBER }), 'verifyPayoutCard', 5)),
  sample('transfer-centres', opened('B07').act({ type: 'enter', value: 'yun' })),
  sample('transfer-account', choose(opened('B07').act({ type: 'enter', value: 'yun' }), '38020000')),
  sample('progress', cases()),
  sample('progress-case', choose(cases(), 'n0')),
  sample('leave', proof().act({ type: 'press', id: 'leave' })),
  sample('left-phone', left('phone')),
  sample('left-code', left('resume')),
  sample('take-up', opened('S04')),
  sample('consents', opened('B09')),
  sample('offices', told(choose(opened('B09'), 'offices'), 'consents')),
  sample('office-valid', choose(told(choose(opened('B09'), 'offices'), 'consents'), 'n0')),
  sample('office-new', choose(told(choose(opened('B09'), 'offices'), 'consents'), 'n1')),
  sample('agent-items', agent().act({ type: 'toggle', id: 'P01' })),
  sample(
    'agent-given',
    told(agent().act({ type: 'toggle', id: 'P01' }).act({ type: 'press', id: 'give' }), 'authorise'),
  ),
  sample('call-staff', opened('S03', Play.ready())),
  sample('staff-called', called(Play.ready()).took({ ...OUTCOMES.granted, item: 'S03', words: STAFF_TOLD })),
  sample('staff-unreachable', called(Play.ready(F.OFFLINE, fullHost()))),
  sample('request-topic', voice()),
  sample('request-text', voice().act({ type: 'choose', id: 'complaint' }).act({ type: 'choose', id: 'complaint' })),
  sample('request-slot', slot(Play.identified())),
  sample('request-slot-offline', slot(Play.ready(F.OFFLINE).layCard())),
  sample('request-confirm', chosen(Play.ready(F.OFFLINE).layCard())),
  sample('accepted', became('case')),
  sample('accepted-offline', taken().answer('printSlip', { outcome: 'done', printed: 1 })),
  sample('accepted-no-slip', taken().fails('printSlip', 'E4202')),
  ...(['granted', 'refused', 'needs', 'identityMissing', 'received'] as const).map((outcome) =>
    sample(`became-${outcome}`, became(outcome)),
  ),
  sample('retired-parts', retired()),
  sample('contact-phone', newPhone()),
  sample('contact-code', codeSent()),
  sample('contact-sign', toSign()),
];
