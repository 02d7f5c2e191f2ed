/**
 * Codes on a resident identity card.
 * Sex after GB/T 2261.1, nations after GB/T 3304; both tables agree in four independent reader programs, except
 * the sexes 0 and 9, which are from the standard and were never seen on a card.
 */
export const SEXES = { '0': '未知', '1': '男', '2': '女', '9': '未说明' } as const;
export type SexCode = keyof typeof SEXES;

const NATION_NAMES =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 ' +
  '柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 ' +
  '独龙 鄂伦春 赫哲 门巴 珞巴 基诺';

/** Code '01'–'56', '97' and '98' → name without 族. Public copies of this table are known to shift after 24: 25 is 水, 46 is 德昂. */
export const NATIONS: ReadonlyMap<string, string> = new Map([
  ...NATION_NAMES.split(' ').map((name, i) => [String(i + 1).padStart(2, '0'), name] as const),
  ['97', '其他'],
  ['98', '外国血统中国籍人士'],
]);
