import { html } from '../frame.ts';
import type { Texts } from '../texts.ts';
import { back, head, notice, type View } from './parts.ts';

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
