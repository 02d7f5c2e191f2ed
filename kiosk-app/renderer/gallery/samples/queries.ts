/** Queries, calculators, guides and papers, each as the journey that leads there tells it. */

import { PAPER_NUMBER, answerOf } from '../../../session/testing/answers.ts';
import * as F from '../../../session/testing/fixtures.ts';
import { Play } from '../../../session/testing/play.ts';
import { viewOf } from '../../../session/flow/view.ts';
import type { Sample } from './sample.ts';

const open = (item: string, begin = Play.identified()): Play => begin.act({ type: 'open', item });
const choose = (play: Play, ...ids: string[]): Play => ids.reduce((so, id) => so.act({ type: 'choose', id }), play);
const enter = (play: Play, ...values: string[]): Play =>
  values.reduce((so, value) => so.act({ type: 'enter', value }), play);
const press = (play: Play, id: string): Play => play.act({ type: 'press', id });
const told = (play: Play, variant = 0): Play =>
  play.answer('askPlatform', answerOf(play.asked('askPlatform').ask.route, variant));

function sample(name: string, play: Play): Sample {
  const view = viewOf(play.state)!;
  return { name, content: view.content, frame: { person: view.frame.person, link: view.frame.link } };
}

const loan = (which: string): Play => choose(told(open('Q04'), 2), which);
const calculator = (id: string): Play => choose(open('Q10', Play.ready()), id);
const reasons = (): Play => told(open('Q07'));

export const QUERIES: readonly Sample[] = [
  sample('loans-choose', told(open('Q04'), 2)),
  sample('loan', loan('n0')),
  sample('loan-overdue', loan('n1')),
  sample('loan-settled', loan('n2')),
  sample('loan-none', told(open('Q04'), 3)),
  sample('loan-plan', told(press(loan('n0'), 'plan'), 3)),
  sample('loan-history', told(press(loan('n0'), 'history'), 3)),
  sample('interest-years', told(open('Q03'))),
  sample('interest', told(choose(told(open('Q03')), '2025'))),
  sample('interest-running', told(choose(told(open('Q03')), '2026'), 1)),
  sample('accounts', told(open('Q03'), 1)),
  sample('withdrawable-reason', reasons()),
  sample('withdrawable-months', choose(reasons(), '07')),
  sample('withdrawable-cost', choose(reasons(), '01')),
  sample('withdrawable', told(enter(choose(reasons(), '07'), '3'))),
  sample('withdrawable-refused', told(choose(reasons(), '03'), 1)),
  sample('calculators', open('Q10', Play.ready())),
  sample('calculator-ratio', enter(calculator('deposit'), '1000000')),
  sample('calculator-deposit', enter(calculator('deposit'), '1000000', '12000', '12000')),
  sample('calculator-interest', enter(calculator('interest'), '5000000', '240000')),
  sample('calculator-loan', choose(enter(calculator('loan'), '60000000', '20'), 'first')),
  sample('calculator-early', enter(choose(enter(calculator('early'), '40000000', '180'), '01'), '10000000')),
  sample('guides', open('Q08', Play.ready())),
  sample('guide-list', choose(open('Q08', Play.ready()), 'withdraw')),
  sample('guide', choose(open('Q08', Play.ready()), 'withdraw', 'rent')),
  sample('branches', told(open('Q09', Play.ready()))),
  sample('branch', choose(told(open('Q09', Play.ready())), 'wangjiang')),
  sample('branch-offline', choose(open('Q09', Play.ready(F.OFFLINE)), 'wangjiang')),
  sample('certificate-purpose', open('P02')),
  sample('certificate-confirm', choose(open('P02'), 'school')),
  sample('cross-region-confirm', enter(open('P03'), '云山市住房公积金管理中心')),
  sample('sheets', open('P07')),
  sample('verify-ways', open('P08', Play.ready())),
  sample('verify-scan', choose(open('P08', Play.ready(F.agentSnapshot(), F.hostSnapshot())), 'scan')),
  sample('verify-number', choose(open('P08', Play.ready()), 'type')),
  sample('verified', told(enter(choose(open('P08', Play.ready()), 'type'), PAPER_NUMBER, 'K7QM2F9X0TBA41ZC'))),
  sample('papers-own', told(choose(open('P08'), 'own'))),
];
