import type { Language } from '@kiosk/contract/services/common.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import type { MyDocument } from '../../contract.ts';
import type { ShownDocument } from '../../providers.ts';
import { html, qrSvg } from '../frame.ts';
import { fill, type Texts } from '../texts.ts';
import { back, head, minute, notice, type View } from './parts.ts';

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
