import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { html, type Html } from '../frame.ts';
import type { Texts } from '../texts.ts';

/** A page's title and what stands in it. */
export interface View {
  readonly title: string;
  readonly body: Html;
}

export const minute = (at: number): string => shanghaiDateTime(at).slice(0, 16);
export const head = (title: string, lead?: string): Html =>
  html`<h1>${title}</h1>
    ${lead && html`<p class="lead">${lead}</p>`}`;
export const back = (t: Texts, to = '/m'): Html => html`<a class="button quiet" href="${to}">${t.back}</a>`;
export const tile = (href: string, title: string, hint: string): Html =>
  html`<a class="card" href="${href}"><b>${title}</b><small>${hint}</small></a>`;

export const notice = (failure: string | undefined): Html | undefined =>
  failure === undefined ? undefined : html`<p class="card notice bad" role="alert">${failure}</p>`;

export const doneView = (t: Texts, title: string, lead: string | undefined, to: string): View => ({
  title,
  body: html`<section class="verdict good">
      <span class="sign" aria-hidden="true">✓</span>
      <h1>${title}</h1>
      ${lead && html`<p>${lead}</p>`}
    </section>
    ${back(t, to)}`,
});

export const goneView = (title: string, lead: string): View => ({
  title,
  body: html`<section class="verdict bad">
    <span class="sign" aria-hidden="true">×</span>
    <h1>${title}</h1>
    <p>${lead}</p>
  </section>`,
});
