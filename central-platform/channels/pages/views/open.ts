import type { Language, Words } from '@kiosk/contract/services/common.ts';
import type { Answer } from '../../contract.ts';
import { html } from '../frame.ts';
import type { PlaceStatus, TerminalState } from '../public-status.ts';
import { fill, type Texts } from '../texts.ts';
import { head, minute, notice, tile, type View } from './parts.ts';

export const homeView = (t: Texts, signedIn: boolean): View => ({
  title: t.home,
  body: html`${head(t.home, t.homeLead)}
    <div class="tiles">
      ${tile(signedIn ? '/m' : '/m/sign-in', t.signIn, t.signInHint)} ${tile('/status', t.status, t.statusHint)}
      ${tile('/verify', t.verify, t.verifyHint)} ${tile('/ask', t.ask, t.askHint)}
    </div>`,
});

export const askView = (t: Texts, question: string, answer: Answer | undefined, failure: string | undefined): View => ({
  title: t.ask,
  body: html`${head(t.ask, t.askHint)} ${notice(failure)}
    <form method="get" action="/ask">
      <label>${t.question}<input name="q" value="${question}" maxlength="200" required /></label
      ><button>${t.askButton}</button>
    </form>
    ${
      answer?.known === true &&
      answer.articles.map(
        (one) =>
          html`<section class="card">
            <h2>${one.title}</h2>
            <p class="lead">${one.excerpt}</p>
          </section>`,
      )
    }
    ${
      answer?.known === false &&
      html`<section class="card notice">
        <h2>${t.unknownAnswer}</h2>
        <p class="lead">${answer.words}</p>
      </section>`
    }`,
});

const STATES: Readonly<Record<TerminalState, { key: 'works' | 'partly' | 'stopped'; tone: string }>> = {
  works: { key: 'works', tone: 'good' },
  partly: { key: 'partly', tone: 'some' },
  stopped: { key: 'stopped', tone: 'bad' },
};

export const statusView = (t: Texts, language: Language, places: readonly PlaceStatus[], now: number): View => ({
  title: t.status,
  body: html`${head(t.statusTitle, fill(t.asOf, { time: minute(now) }))}
  ${places.every(({ terminals }) => terminals.length === 0) && html`<p class="card">${t.noTerminals}</p>`}
  ${places.map(
    (place) =>
      html`<section class="card">
        <h2>${named(place.name, language) ?? t.otherPlace}</h2>
        ${place.address && html`<div>${place.address}</div>`}
        ${place.hours.length > 0 && html`<small>${t.hours} ${place.hours.map(({ from, to }) => `${from}–${to}`).join(' ')}</small>`}
        ${place.terminals.length === 0 && html`<div class="lead">${t.noneHere}</div>`}
        ${place.terminals.map((state, i) => html`<div class="row"><span>${t.fromMachine} ${i + 1}</span><span class="state ${STATES[state].tone}">${t[STATES[state].key]}</span></div>`)}
        ${place.waiting !== null && html`<div>${fill(t.waiting, { n: place.waiting })}</div>`}
      </section>`,
  )}`,
});

const named = (name: Words | null, language: Language): string | undefined => name?.[language];
