import type { Language } from '@kiosk/contract/services/common.ts';
import { type MyCase, REASONS, SCORES, type WebAnswer } from '../../contract.ts';
import { html, type Html } from '../frame.ts';
import type { Texts } from '../texts.ts';
import { back, head, minute, notice, type View } from './parts.ts';

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
        <dt>${t.state}</dt>
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
