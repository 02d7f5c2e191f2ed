import { maskAccount } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { chineseMonth, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import type { Answer, MyCase, MyDocument, WebAnswer } from '../contract.ts';
import { REASONS, SCORES } from '../contract.ts';
import type { ShownDocument } from '../providers.ts';
import { html, qrSvg, type Html } from './frame.ts';
import type { PlaceStatus, TerminalState } from './public-status.ts';
import { fill, type Texts } from './texts.ts';

/** A page's title and what stands in it. */
export interface View {
  readonly title: string;
  readonly body: Html;
}

const minute = (at: number): string => shanghaiDateTime(at).slice(0, 16);
const head = (title: string, lead?: string): Html =>
  html`<h1>${title}</h1>
    ${lead && html`<p class="lead">${lead}</p>`}`;
const back = (t: Texts, to = '/m'): Html => html`<a class="button quiet" href="${to}">${t.back}</a>`;
const tile = (href: string, title: string, hint: string): Html =>
  html`<a class="card" href="${href}"><b>${title}</b><small>${hint}</small></a>`;

export const homeView = (t: Texts, signedIn: boolean): View => ({
  title: t.home,
  body: html`${head(t.home, t.homeLead)}
    <div class="tiles">
      ${tile(signedIn ? '/m' : '/m/sign-in', t.signIn, t.signInHint)} ${tile('/status', t.status, t.statusHint)}
      ${tile('/verify', t.verify, t.verifyHint)} ${tile('/ask', t.ask, t.askHint)}
    </div>`,
});

export const signInView = (t: Texts, failure: string | undefined, personal: boolean): View => ({
  title: t.signIn,
  body: html`${head(t.signIn, personal ? t.handOverPersonal : undefined)} ${notice(failure)}
    <form method="post" action="/m/code">
      <label
        >${t.phone}<input
          name="phone"
          inputmode="numeric"
          autocomplete="tel-national"
          pattern="[0-9]{11}"
          maxlength="11"
          required
      /></label>
      <button>${t.sendCode}</button>
    </form>
    <section class="card">
      <h2>${t.first}</h2>
      <p class="lead">${t.firstHint}</p>
    </section>
    <a class="button quiet" href="/m/register">${t.register}</a>`,
});

export const registerView = (t: Texts, failure: string | undefined): View => ({
  title: t.register,
  body: html`${head(t.register)} ${notice(failure)}
    <form method="post" action="/m/code">
      <label>${t.name}<input name="name" autocomplete="name" maxlength="120" required /></label>
      <label
        >${t.idNumber}<input name="idNumber" autocomplete="off" autocapitalize="characters" maxlength="18" required
      /></label>
      <button>${t.sendCode}</button>
    </form>
    ${back(t, '/m/sign-in')}`,
});

export const codeView = (t: Texts, challengeId: string, failure: string | undefined): View => ({
  title: t.code,
  body: html`${head(t.sent, t.sentHint)} ${notice(failure)}
    <form method="post" action="/m/sign-in">
      <input type="hidden" name="challengeId" value="${challengeId}" />
      <label
        >${t.code}<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required
      /></label>
      <label
        >${t.idTail}<small>${t.idTailHint}</small
        ><input name="idTail" autocomplete="off" autocapitalize="characters" maxlength="4"
      /></label>
      <button>${t.confirm}</button>
    </form>
    ${back(t, '/m/sign-in')}`,
});

export const mineView = (t: Texts, language: Language, account: WebAnswer<'myAccount'>): View => ({
  title: t.home,
  body: html`${head(t.home)}
    <section class="card">
      <small>${t.balance} · ${maskAccount(account.accountNumber)}</small>
      <div class="balance">${formatYuan(account.balanceFen)}</div>
      <div>
        ${fill(t.paidTo, { month: language === 'zh' ? chineseMonth(account.paidToMonth) : account.paidToMonth })} ·
        ${fill(t.monthly, { amount: formatYuan(account.unitMonthlyFen + account.personMonthlyFen) })}
      </div>
    </section>
    <div class="tiles">
      ${tile('/m/documents', t.documents, t.documentsHint)} ${tile('/m/cases', t.cases, t.casesHint)}
      ${tile('/m/card', t.card, t.cardHint)} ${tile('/m/consents', t.consents, t.consentsHint)}
    </div>
    <form class="plain" method="post" action="/m/sign-out"><button class="quiet">${t.signOut}</button></form>`,
});

export const documentsView = (t: Texts, language: Language, rows: readonly MyDocument[]): View => ({
  title: t.documents,
  body: html`${head(t.documents)} ${rows.length === 0 && html`<p class="card">${t.noDocuments}</p>`}
  ${rows.map(
    (row) =>
      html`<section class="card">
        <div class="row">
          <h2>${row.kindName[language]}</h2>
          <span class="state ${row.state === 'valid' ? 'good' : 'bad'}">${t.documentStates[row.state]}</span>
        </div>
        <p class="lead number">${formatDocumentNumber(row.documentNumber)}<br />${t.issued} ${minute(row.issuedAt)}</p>
        ${
          row.state === 'valid' &&
          html`<form class="plain" method="post" action="/m/documents/${row.documentNumber}/show">
              <button>${t.show}</button>
            </form>
            <p></p>
            <a class="button quiet" href="/m/documents/${row.documentNumber}/cancel">${t.cancel}</a>`
        }
      </section>`,
  )}
  ${back(t)}`,
});

export const showView = (t: Texts, url: string, expiresAt: number): View => ({
  title: t.show,
  body: html`${head(t.showLead)}
    <section class="card qr">
      ${qrSvg(url)}<b>${fill(t.until, { time: shanghaiDateTime(expiresAt).slice(11, 16) })}</b>
    </section>
    <p class="lead">${t.showHint}</p>
    ${back(t, '/m/documents')}`,
});

export const cancelView = (t: Texts, number: string, failure: string | undefined): View => ({
  title: t.cancel,
  body: html`${head(t.cancel, t.cancelLead)} ${notice(failure)}
    <form method="post" action="/m/documents/${number}/cancel">
      <fieldset>
        <legend>${t.cancelReason}</legend>
        ${Object.entries(t.reasons).map(([value, words], i) => html`<label class="choice"><input type="radio" name="reason" value="${value}" ${i === 0 ? 'checked' : ''} /><span>${words}</span></label>`)}
      </fieldset>
      <button>${t.cancel}</button>
    </form>
    ${back(t, '/m/documents')}`,
});

export const casesView = (
  t: Texts,
  language: Language,
  rows: readonly MyCase[],
  appointments: WebAnswer<'myAppointments'>['rows'],
): View => ({
  title: t.cases,
  body: html`${head(t.cases)} ${rows.length === 0 && html`<p class="card">${t.noCases}</p>`}
  ${rows.map(
    (row) =>
      html`<a class="card" href="/m/cases/${row.number}"
        ><div class="row">
          <h2>${row.name[language]}</h2>
          <span class="state ${TONE[row.state]}">${t.states[row.state]}</span>
        </div>
        <small class="number">${row.number} · ${minute(row.receivedAt)}</small></a
      >`,
  )}
  ${appointments.length > 0 && html`<h2>${t.appointments}</h2>`}
  ${appointments.map(
    (row) =>
      html`<section class="card">
        <div class="row"><b>${row.date} ${t.halves[row.half]}</b><span>${t.appointmentStates[row.state]}</span></div>
        ${row.branch[language]} · ${row.service[language]}
      </section>`,
  )}
  ${back(t)}`,
});

const TONE = { received: 'some', inProgress: 'some', waitingForYou: 'bad', done: 'good', refused: 'bad' } as const;

export const caseView = (t: Texts, language: Language, row: MyCase, failure: string | undefined): View => ({
  title: row.name[language],
  body: html`${head(row.name[language])} ${notice(failure)}
    <dl>
      <div>
        <dt>${t.number}</dt>
        <dd class="number">${row.number}</dd>
      </div>
      <div>
        <dt>${t.received}</dt>
        <dd>${minute(row.receivedAt)}</dd>
      </div>
      ${
        row.dueAt !== null &&
        html`<div>
          <dt>${t.due}</dt>
          <dd>${minute(row.dueAt)}</dd>
        </div>`
      }
      <div>
        <dt></dt>
        <dd>
          <span class="state ${TONE[row.state]}">${t.states[row.state]}</span
          >${row.words && html`<br />${row.words[language]}`}
        </dd>
      </div>
    </dl>
    ${(row.state === 'done' || row.state === 'refused' ? rateForm : paperForm)(t, language, row)} ${back(t, '/m/cases')}`,
});

const paperForm = (t: Texts, language: Language, row: MyCase): Html =>
  html`<form method="post" action="/m/cases/${row.number}/papers" enctype="multipart/form-data">
    <h2>${t.handIn}</h2>
    <p class="lead">${t.handInLead}</p>
    ${
      row.missing.length > 0
        ? html`<label
            >${t.material}<select name="material">
              ${row.missing.map((one) => html`<option value="${one.zh}">${one[language]}</option>`)}
            </select></label
          >`
        : html`<label>${t.material}<input name="material" maxlength="80" required /></label>`
    }
    <label>${t.file}<input type="file" name="file" accept="image/jpeg,image/png,application/pdf" required /></label>
    <button>${t.upload}</button>
  </form>`;

const rateForm = (t: Texts, _language: Language, row: MyCase): Html =>
  html`<form method="post" action="/m/cases/${row.number}/rating">
    <fieldset>
      <legend>${t.rate}</legend>
      ${SCORES.map((score, i) => html`<label class="choice"><input type="radio" name="score" value="${score}" ${i === 0 ? 'checked' : ''} /><span>${t.scores[score]}</span></label>`)}
    </fieldset>
    <label
      >${t.why}<select name="reason">
        <option value=""></option>
        ${REASONS.map((reason) => html`<option value="${reason}">${t.whyNot[reason]}</option>`)}
      </select></label
    >
    <button>${t.rate}</button>
  </form>`;

export const doneView = (t: Texts, title: string, lead: string | undefined, to: string): View => ({
  title,
  body: html`<section class="verdict good">
      <span class="sign" aria-hidden="true">✓</span>
      <h1>${title}</h1>
      ${lead && html`<p>${lead}</p>`}
    </section>
    ${back(t, to)}`,
});

export const cardView = (t: Texts, code: string, expiresAt: number): View => ({
  title: t.card,
  body: html`${head(t.card, t.cardHint)}
    <section class="card qr">
      ${qrSvg(code)}
      <div class="number">${code.replace(/(\d{4})(?=\d)/g, '$1 ')}</div>
      <b>${fill(t.until, { time: shanghaiDateTime(expiresAt).slice(11, 19) })}</b>
    </section>
    ${back(t)}`,
});

export const consentsView = (
  t: Texts,
  language: Language,
  rows: WebAnswer<'myConsents'>['rows'],
  now: number,
): View => ({
  title: t.consents,
  body: html`${head(t.consents)} ${rows.length === 0 && html`<p class="card">${t.none}</p>`}
  ${rows.map(
    (row) =>
      html`<section class="card">
        <h2>${row.department[language]}</h2>
        <p class="lead">${row.purpose[language]}<br />${fill(t.until, { time: minute(row.until) })}</p>
        ${
          row.withdrawnAt === null && now < row.until
            ? html`<form class="plain" method="post" action="/m/consents/${row.consentId}/withdrawal">
                <button class="quiet">${t.withdraw}</button>
              </form>`
            : html`<b>${row.withdrawnAt === null ? '' : t.withdrawn}</b>`
        }
      </section>`,
  )}
  ${back(t)}`,
});

export const shownView = (t: Texts, language: Language, shown: ShownDocument): View => ({
  title: t.shownTitle,
  body: html`<section class="verdict ${shown.state === 'valid' ? 'good' : 'bad'}">
      <span class="sign" aria-hidden="true">${shown.state === 'valid' ? '✓' : '!'}</span>
      <h1>${shown.kindName[language]}</h1>
      <p>${t.documentStates[shown.state]}</p>
    </section>
    <dl>
      <div>
        <dt>${t.number}</dt>
        <dd class="number">${formatDocumentNumber(shown.documentNumber)}</dd>
      </div>
      <div>
        <dt>${t.issued}</dt>
        <dd>${minute(shown.issuedAt)}</dd>
      </div>
      ${shown.lines.map(
        ({ name, value }) =>
          html`<div>
            <dt>${name[language]}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <p class="lead">${t.shownHint}</p>`,
});

export const goneView = (title: string, lead: string): View => ({
  title,
  body: html`<section class="verdict bad">
    <span class="sign" aria-hidden="true">×</span>
    <h1>${title}</h1>
    <p>${lead}</p>
  </section>`,
});

export const handOverView = (t: Texts, token: string, item: string): View => ({
  title: t.handOver,
  body: html`${head(t.handOver, fill(t.handOverStep, { item }))}
    <form class="plain" method="post" action="/m/h/${token}"><button>${t.goOn}</button></form>`,
});

export const takenView = (t: Texts, item: string, to: string): View => ({
  title: t.handOverTaken,
  body: html`<section class="verdict good">
      <span class="sign" aria-hidden="true">✓</span>
      <h1>${t.handOverTaken}</h1>
      <p>${fill(t.handOverStep, { item })}</p>
    </section>
    <a class="button" href="${to}">${t.goOn}</a>`,
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
        ${place.terminals.map((state, i) => html`<div class="row"><span>${t.fromMachine} ${i + 1}</span><span class="state ${STATES[state].tone}">${t[STATES[state].key]}</span></div>`)}
        ${place.waiting !== null && html`<div>${fill(t.waiting, { n: place.waiting })}</div>`}
      </section>`,
  )}`,
});

const named = (name: Words | null, language: Language): string | undefined => name?.[language];

export const notice = (failure: string | undefined): Html | undefined =>
  failure === undefined ? undefined : html`<p class="card notice bad" role="alert">${failure}</p>`;
