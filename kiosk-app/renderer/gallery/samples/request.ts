/** Requests, from what is wanted to the number and what became of it, as the session tells them. */

import { viewOf } from '../../../session/flow/view.ts';
import { answerOf } from '../../../session/testing/answers.ts';
import * as F from '../../../session/testing/fixtures.ts';
import { Play } from '../../../session/testing/play.ts';
import { OUTCOMES } from '../../../session/testing/request-answers.ts';
import type { Sample } from './sample.ts';

/** The very screen of a journey that got there. */
function sample(name: string, play: Play): Sample {
  const { content, frame } = viewOf(play.state)!;
  return { name, content, frame: { person: frame.person, link: frame.link } };
}

const slot = (play: Play) => play.act({ type: 'open', item: 'B08' }).act({ type: 'choose', id: 'withdrawal' });
const chosen = (play: Play) => slot(play).act({ type: 'chooseSlot', date: '2026-11-25', half: 'morning' });
const offline = () => chosen(Play.ready(F.OFFLINE).layCard()).submit();
const taken = () => offline().answer('submitRequest', { requestNumber: F.REQUEST_NUMBER, offline: true }).keepIntent();
const voice = () => Play.ready().act({ type: 'open', item: 'S01' });
const became = (outcome: keyof typeof OUTCOMES) => chosen(Play.identified()).submit().took(OUTCOMES[outcome]);

const newPhone = () => Play.identified().act({ type: 'open', item: 'B01' });
const codeSent = () => newPhone().act({ type: 'enter', value: F.OTHER_PHONE }).answer('askPlatform', F.CODE_SENT);
const toSign = () =>
  codeSent().act({ type: 'enter', value: '246810' }).answer('askPlatform', answerOf('checkContactCode'));

export const REQUEST: readonly Sample[] = [
  sample('request-topic', voice()),
  sample('request-text', voice().act({ type: 'choose', id: 'complaint' }).act({ type: 'choose', id: 'complaint' })),
  sample('request-slot', slot(Play.identified())),
  sample('request-confirm', chosen(Play.ready(F.OFFLINE).layCard())),
  sample('accepted', became('case')),
  sample('accepted-offline', taken().answer('printSlip', { outcome: 'done', printed: 1 })),
  sample('accepted-no-slip', taken().fails('printSlip', 'E4202')),
  ...(['granted', 'refused', 'needs', 'identityMissing', 'received'] as const).map((outcome) =>
    sample(`became-${outcome}`, became(outcome)),
  ),
  sample('contact-phone', newPhone()),
  sample('contact-code', codeSent()),
  sample('contact-sign', toSign()),
];
