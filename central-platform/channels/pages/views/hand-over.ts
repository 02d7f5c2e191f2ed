import { html } from '../frame.ts';
import { fill, type Texts } from '../texts.ts';
import { head, type View } from './parts.ts';

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
