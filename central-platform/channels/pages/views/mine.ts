import type { Language } from '@kiosk/contract/services/common.ts';
import { chineseMonth, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { maskAccount } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import type { WebAnswer } from '../../contract.ts';
import { html, qrSvg } from '../frame.ts';
import { fill, type Texts } from '../texts.ts';
import { back, head, minute, tile, type View } from './parts.ts';

export const mineView = (t: Texts, language: Language, account: WebAnswer<'myAccount'>): View => ({
  title: t.home,
  body: html`${head(t.home)}
    <section class="card">
      <small>${t.balance} · ${maskAccount(account.accountNumber)}</small>
      <div class="balance">${formatYuan(account.balanceFen)}</div>
      <div>
        ${fill(t.paidTo, { month: language === 'zh' ? chineseMonth(account.paidToMonth) : account.paidToMonth })}<br />
        ${fill(t.monthly, { amount: formatYuan(account.unitMonthlyFen + account.personMonthlyFen) })}
      </div>
    </section>
    <div class="tiles">
      ${tile('/m/documents', t.documents, t.documentsHint)} ${tile('/m/cases', t.cases, t.casesHint)}
      ${tile('/m/card', t.card, t.cardHint)} ${tile('/m/consents', t.consents, t.consentsHint)}
    </div>
    <form class="plain" method="post" action="/m/sign-out"><button class="quiet">${t.signOut}</button></form>`,
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
