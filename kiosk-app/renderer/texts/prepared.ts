import type { PlainerTexts } from './texts.ts';

/*
 * Unreviewed: written to prove fonts, direction and layout on the first screen, by nobody who speaks these languages from birth.
 * contract/screen/languages.ts keeps them from being chosen until a translator has signed.
 */

export const ug: PlainerTexts = {
  common: { online: 'توردا', otherLanguage: 'English' },
  modes: { more: 'تېخىمۇ كۆپ', presets: { standard: 'ئۆلچەملىك', elderly: 'چوڭ خەت، ئاستا' } },
  attract: {
    headline: ['كىملىكىڭىزنى', 'ئوقۇغۇچقا قويۇڭ'],
    lead: 'قالدۇق سوممىنى كۆرۈش، ئىسپات بېسىش، تەخمىنەن ئۈچ مىنۇت.',
    withoutCard: 'كىملىك ئېلىپ كەلمىگەنلەر ئۈچۈن',
    notices: 'دىققەت',
  },
};

export const bo: PlainerTexts = {
  common: { online: 'དྲ་ཐོག', otherLanguage: 'English' },
  modes: { more: 'མང་བ', presets: { standard: 'ཚད་ལྡན', elderly: 'ཡི་གེ་ཆེན་པོ' } },
  attract: {
    headline: ['ཐོབ་ཐང་ལག་ཁྱེར', 'འདིར་འཇོག་རོགས།'],
    lead: 'ལྷག་མ་བལྟ་བ་དང་དཔང་ཡིག་པར་བ། ཕལ་ཆེར་སྐར་མ་གསུམ།',
    withoutCard: 'ལག་ཁྱེར་མེད་ནའང་སྒྲུབ་ཆོག',
    notices: 'དོ་སྣང་གནང་རོགས།',
  },
};

export const mongolian: PlainerTexts = {
  common: { online: 'ᠰᠦᠯᠵᠢᠶᠡ', otherLanguage: 'English' },
  modes: { more: 'ᠨᠡᠩ', presets: { standard: 'ᠡᠩ ᠦᠨ', elderly: 'ᠲᠣᠮᠣ ᠦᠰᠦᠭ' } },
  attract: {
    headline: ['ᠦᠨᠡᠮᠯᠡᠯ ᠢᠶᠡᠨ', 'ᠡᠨᠳᠡ ᠲᠠᠯᠪᠢ'],
    lead: 'ᠦᠯᠡᠳᠡᠭᠳᠡᠯ ᠢ ᠪᠠᠢᠴᠠᠭᠠᠬᠤ᠂ ᠭᠤᠷᠪᠠᠨ ᠮᠢᠨᠦᠲ᠃',
    withoutCard: 'ᠦᠨᠡᠮᠯᠡᠯ ᠦᠭᠡᠢ ᠪᠣᠯ',
    notices: 'ᠠᠩᠬᠠᠷᠠᠭᠤᠯᠬᠤ',
  },
};
