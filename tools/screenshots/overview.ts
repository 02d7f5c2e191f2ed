import type { Studio } from './studio.ts';

const SCREENS = ['attract', 'menu', 'account', 'printed'] as const;

/** One picture for the readmes: four screens, and the paper that came of them. */
export async function overview(studio: Studio): Promise<void> {
  for (const language of ['zh', 'en'] as const) {
    const screens = SCREENS.map((name) => `<img class="screen" src="${studio.kept(`${language}/${name}`)}">`);
    const paper = `<img class="page" src="${studio.kept('statement')}"><img class="slip" src="${studio.kept('slip')}">`;
    await studio.keep(
      `overview-${language}`,
      await studio.draw(`${STYLE}<div class="board">${screens.join('')}<div class="paper">${paper}</div></div>`, 1620),
      1480,
    );
  }
}

const STYLE = `<style>
  .board { display: flex; gap: 24px; padding: 32px; background: #e7e3d8; align-items: stretch; }
  .screen { width: 240px; border-radius: 14px; border: 6px solid #14262b; display: block; }
  .paper { position: relative; flex: 1; }
  .page { position: absolute; left: 0; top: 0; height: 424px; box-shadow: 0 6px 20px rgb(20 38 43 / 0.22); }
  .slip { position: absolute; right: 0; bottom: 0; width: 132px; box-shadow: 0 6px 20px rgb(20 38 43 / 0.3); }
</style>`;
