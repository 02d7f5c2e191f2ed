import { explain } from '@kiosk/contract/errors/catalogue.ts';

/** Shown when no session can be kept running: needs no script, no session and none of the built screens. */
export function stoppedPage(code: string): string {
  const shown = /^E\d{4}$/.test(code) ? code : 'E9006';
  const { technician } = explain(shown);
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>${shown}</title>
<link rel="stylesheet" href="/stopped.css">
<h1>本机暂停服务</h1>
<p>请换一台机器，或到人工窗口办理。已收下的申请不会丢失。</p>
<p lang="en"><b>This machine is out of service.</b> Please use another machine or the counter. Requests already received
are not lost.</p>
<footer><b>${shown}</b> ${technician.zh}<br>${technician.en}</footer>
</html>
`;
}

export const STOPPED_STYLE = `@font-face { font-family: 'Kiosk Sans'; src: url('/fonts/NotoSansSC-Regular.ttf'); font-weight: 400; }
@font-face { font-family: 'Kiosk Sans'; src: url('/fonts/NotoSansSC-Bold.ttf'); font-weight: 700; }
html { font-size: min(100vw / 108, 100vh / 108); background: #073f43; color: #fff; height: 100%; }
body { margin: 0; height: 100%; box-sizing: border-box; padding: 16rem 5.6rem 5.6rem; display: flex;
  flex-direction: column; gap: 3.2rem; font: 400 3.8rem/1.5 'Kiosk Sans', sans-serif; cursor: default; }
h1 { margin: 0; font-size: 10.4rem; line-height: 1.2; }
p { margin: 0; color: #c2dedb; }
footer { margin-top: auto; padding-top: 2.4rem; border-top: 0.2rem solid #2b6b6d; font-size: 2.8rem; color: #c2dedb; }
`;
