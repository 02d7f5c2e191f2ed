/**
 * Phones bring Chinese fonts of their own, and ten megabytes of ours would only cost them. A page that is read on this very machine
 * must not depend on what is installed there.
 */
export const LOCAL_FONTS = ['Regular', 'Bold'].map((weight) => ({
  path: `/fonts/NotoSansSC-${weight}.ttf`,
  file: `NotoSansSC-${weight}.ttf`,
  face: `@font-face { font-family: "Centre Sans"; font-weight: ${weight === 'Bold' ? 700 : 400};
  src: url("/fonts/NotoSansSC-${weight}.ttf"); } :root { --own-font: "Centre Sans"; }`,
}));

/** Of the public pages: no script and no picture from anywhere, readable on any phone. */
export const STYLE = `
:root { color-scheme: light; --ink: #10242a; --quiet: #51666b; --paper: #f5f2ea; --go: #0c5c5f; --bad: #a4261d; --line: #e2dccd; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.55 var(--own-font, system-ui), "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
small { font-size: .8rem; font-weight: 400; color: var(--quiet); }
header { display: flex; gap: .75rem; align-items: center; padding: 1rem 1.25rem; font-weight: 600; }
header small { display: block; line-height: 1.3; }
.mark { width: 2rem; height: 2rem; border-radius: .5rem; background: var(--go); position: relative; flex: none; }
.mark::after { content: ""; position: absolute; inset: .55rem .6rem; border: .16rem solid #fff; border-top: 0; }
.mark::before { content: ""; position: absolute; left: .62rem; top: .5rem; width: .62rem; height: .62rem;
  border: .16rem solid #fff; border-right: 0; border-bottom: 0; transform: rotate(45deg); }
main { max-width: 34rem; margin: 0 auto; padding: 0 1.25rem; }
.verdict { border-radius: 1rem; padding: 1.5rem 1.25rem; background: #fff; }
.verdict.good { background: var(--go); color: #fff; }
.verdict.bad { background: var(--bad); color: #fff; }
.verdict.good small, .verdict.bad small { color: #fff; }
.sign { display: grid; place-items: center; width: 2.75rem; height: 2.75rem; border-radius: 50%;
  border: .15rem solid currentColor; font-size: 1.5rem; font-weight: 700; line-height: 1; }
h1 { word-break: keep-all; overflow-wrap: anywhere; font-size: 1.5rem; line-height: 1.35; margin: .9rem 0 .5rem; }
h1 small { display: block; font-size: 1rem; }
.verdict p { margin: 0; text-wrap: pretty; }
.verdict p small { display: block; margin-top: .35rem; font-size: .9rem; }
.demonstration { margin: 0 0 1rem; padding: .75rem 1rem; border-radius: .75rem; background: #fbe9cf; color: #5b3a00; }
.demonstration small { display: block; color: inherit; }
dl, form { margin: 1rem 0 0; padding: .25rem 1.25rem; border-radius: 1rem; background: #fff; }
dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line); }
dl div:last-child { border-bottom: 0; }
dt { flex: none; color: var(--quiet); }
dt small { display: block; line-height: 1.2; }
dd { margin: 0; text-align: right; overflow-wrap: anywhere; text-wrap: balance; }
dd small { display: block; }
.number, .money { font-variant-numeric: tabular-nums; }
.money { white-space: nowrap; }
.total { font-size: 1.25rem; font-weight: 700; }
form { padding: 1.25rem; display: grid; gap: 1rem; }
label { display: grid; gap: .3rem; font-weight: 600; grid-template-columns: auto 1fr; align-items: baseline; }
input { grid-column: 1 / -1; font: inherit; width: 100%; padding: .75rem; border: 2px solid #8a9a9d; border-radius: .6rem; background: #fff;
  color: inherit; }
input:focus, button:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
button { font: inherit; font-weight: 600; min-height: 3.25rem; border: 0; border-radius: .75rem; background: var(--go); color: #fff; }
button small { color: #fff; }
footer { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1.25rem 2.5rem; color: var(--quiet); font-size: .9rem; }
footer a { color: var(--go); font-weight: 600; }
`;
