/** Ways to identify oneself, as the session tells them. */

import { fullHost, provenBy } from '../../../session/testing/identity-answers.ts';
import * as F from '../../../session/testing/fixtures.ts';
import { Play } from '../../../session/testing/play.ts';
import { viewOf } from '../../../session/flow/view.ts';
import type { Sample } from './sample.ts';

const ready = () => Play.ready(F.agentSnapshot(), fullHost());
const waiting = () => ready().layCard().answer('sendCode', F.CODE_SENT).act({ type: 'press', id: 'otherWay' });
const choose = (play: Play, id: string) => play.act({ type: 'choose', id });
const begun = (id: string) => choose(waiting(), id).answer('prove', provenBy(['idCard']));

/** The very screen of a journey that got there: nothing is written twice. */
function sample(name: string, play: Play): Sample {
  const view = viewOf(play.state)!;
  return { name: `identity-${name}`, content: view.content, frame: { person: view.frame.person } };
}

function atPin(error: boolean): Play {
  const play = begun('bankCard').answer('readBankCard', {}).answer('bankCardTerms', { bankName: '江州示范银行' });
  if (error) play.answer('enterPin', { digits: 6 }).answer('prove', { accepted: false, attemptsLeft: 2 });
  else play.send({ type: 'identityProgress', call: play.asked('enterPin').call, step: 'typed', typed: 4 });
  return play;
}
function atCamera(): Play {
  const play = begun('face').act({ type: 'press', id: 'agree' });
  return play.send({ type: 'identityProgress', call: play.asked('matchFace').call, step: 'look' });
}
function taken(): Play {
  const play = atPin(false).answer('enterPin', { digits: 6 });
  return play.answer('prove', provenBy(['idCard', 'bankCard']));
}

export const IDENTITY: readonly Sample[] = [
  sample('ways', waiting()),
  sample('ways-first', ready().act({ type: 'press', id: 'otherWay' })),
  sample('ways-no-phone', ready().layCard().fails('sendCode', 'E1204')),
  sample('bank-card', begun('bankCard')),
  sample('pin', atPin(false)),
  sample('pin-wrong', atPin(true)),
  sample('take-card', taken()),
  sample('app-code', begun('appCode').answer('scanAppCode', {}).fails('prove', 'E1212')),
  sample('face-consent', begun('face')),
  sample('face-card', begun('face').act({ type: 'press', id: 'agree' })),
  sample('camera', atCamera()),
  sample('help', waiting().act({ type: 'press', id: 'help' })),
  sample('agent', begun('agent')),
  sample('agent-code', choose(begun('agent'), 'agentCode')),
  sample('agent-paper', choose(begun('agent'), 'agentPaper')),
  sample('failure', ready().layCard({ ...F.CARD, validTo: '2020-01-01' })),
  sample('attract', ready()),
  sample('code', ready().layCard().answer('sendCode', F.CODE_SENT)),
];
