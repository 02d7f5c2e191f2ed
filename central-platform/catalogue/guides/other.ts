import type { ProgramGuide } from './program-guides.ts';

export const OTHER_GUIDES: readonly ProgramGuide[] = [
  {
    id: 'guide-deposit',
    item: 'Q01',
    title: ['每月存多少，怎么算', 'What is paid in every month'],
    keywords: ['缴存', '基数', '比例', '月缴存额', 'deposit'],
    zh: {
      text: [
        '单位和个人各存一份：缴存基数 × 比例。基数是上一年月平均工资，最低 2,490 元，最高 31,884 元；比例 5% 到 12%。',
        '两份都归您个人所有。',
      ],
      materials: [],
      steps: ['在“我的账户”看基数和比例', '在“算一算”里试算', '数目不对，先问单位，再到这里咨询'],
      timeLimit: null,
    },
    en: {
      text: [
        'Employer and employee each pay base × ratio. The base is the average month of last year, 2,490 to 31,884 yuan; the ratio 5 to 12 %.',
        'Both parts are yours.',
      ],
      materials: [],
      steps: [
        'See base and ratio in “My account”',
        'Try it in “Calculators”',
        'If it is wrong ask your employer, then us',
      ],
      timeLimit: null,
    },
  },
  {
    id: 'guide-interest',
    item: 'Q03',
    title: ['利息怎么算', 'How interest is reckoned'],
    keywords: ['利息', '结息', '6月30日', 'interest'],
    zh: {
      text: ['年利率 1.50%。每年 6 月 30 日结一次息，加进余额里。按每天的余额算，哪天存进来就从哪天算。'],
      materials: [],
      steps: ['选“结息与年度对账”', '看每一段的天数、余额和利息'],
      timeLimit: '每年 7 月可查',
    },
    en: {
      text: ['1.50 % a year on the balance of each day, settled on 30 June and added to the balance.'],
      materials: [],
      steps: ['Choose “Interest of a year”', 'See days, balance and interest of every stretch'],
      timeLimit: 'from July',
    },
  },
  {
    id: 'guide-phone',
    item: 'B01',
    title: ['手机号换了，收不到短信', 'Your phone number has changed'],
    keywords: ['手机号', '换号', '验证码', '收不到', 'phone'],
    zh: {
      text: ['本机、手机应用和窗口都能改。改过以后，所有渠道都用新号码。'],
      materials: ['本人身份证', '新号码的手机'],
      steps: ['放身份证，换一种方式核验（银行卡、刷脸）', '输入新号码，收一次验证码', '签名确认'],
      timeLimit: '当场办完',
    },
    en: {
      text: ['Change it here, in the app or at a counter: it then holds on every channel.'],
      materials: ['ID card', 'The phone with the new number'],
      steps: ['ID card and another way to prove it is you', 'Type the new number and the code sent to it', 'Sign'],
      timeLimit: 'at once',
    },
  },
  {
    id: 'guide-papers',
    item: 'P01',
    title: ['能打印哪些证明', 'Which papers are printed here'],
    keywords: ['打印', '证明', '明细', '盖章', 'print'],
    zh: {
      text: [
        '缴存明细、缴存证明、异地贷款证明、还款明细、结清证明、年度对账单、信息单。都带电子印章，和窗口打的一样有效。不收费。',
      ],
      materials: ['本人身份证', '能收短信的手机'],
      steps: ['放身份证，输入短信验证码', '选要打的证明', '拿齐纸再走'],
      timeLimit: '当场打印，约 40 秒',
    },
    en: {
      text: [
        'Statements, certificates of deposits, loans and settlement, annual statements, sheets: all sealed, as valid as those of a counter, and free.',
      ],
      materials: ['ID card', 'A phone that receives messages'],
      steps: ['ID card and the code of a message', 'Choose the paper', 'Take every page with you'],
      timeLimit: 'about 40 seconds',
    },
  },
  {
    id: 'guide-cross-region',
    item: 'P03',
    title: ['在外地买房，用公积金贷款', 'A fund loan in another city'],
    keywords: ['异地贷款', '外地买房', '证明', 'other city'],
    zh: {
      text: [
        '在江州缴存，可以到买房的城市申请公积金贷款。先在本机开《异地贷款缴存使用证明》。没用上的，可以在本机撤销。',
      ],
      materials: ['本人身份证', '贷款城市的中心名称'],
      steps: ['选“异地贷款缴存使用证明”', '选贷款城市', '核对后打印', '带去贷款城市的中心'],
      timeLimit: '当场打印，两个月内有效',
    },
    en: {
      text: [
        'With deposits here you may borrow where you buy. Print the certificate first; one not used can be called back here.',
      ],
      materials: ['ID card', 'The name of the other centre'],
      steps: ['Choose “Cross-region loan certificate”', 'Choose the city', 'Check and print', 'Take it there'],
      timeLimit: 'at once; valid for two months',
    },
  },
  {
    id: 'guide-verify',
    item: 'P08',
    title: ['怎么核对一张证明是真的', 'Is a paper genuine'],
    keywords: ['验真', '核验', '二维码', 'verify'],
    zh: {
      text: ['每张证明上有编号、校验码和二维码。谁都可以核对，不用登录，只显示遮盖过的内容。'],
      materials: ['要核对的那张纸'],
      steps: ['选“凭证验真与补打”', '把二维码对着扫码口，或输入编号和校验码', '看状态：有效、已撤销、已过期'],
      timeLimit: '当场',
    },
    en: {
      text: ['Every paper has a number, a code and a QR. Anybody may check it; only masked content is shown.'],
      materials: ['The paper'],
      steps: ['Choose “Verify or reprint”', 'Scan the QR or type number and code', 'See: valid, cancelled, expired'],
      timeLimit: 'at once',
    },
  },
  {
    id: 'guide-transfer',
    item: 'B07',
    title: ['把外地的公积金转过来', 'Bring your fund from another city'],
    keywords: ['转移', '接续', '异地', '转入', 'transfer'],
    zh: {
      text: ['在江州开户并正常缴存后，可以申请把外地的余额转过来，不用回原来的城市。年限连续计算。'],
      materials: ['本人身份证', '原中心名称；个人账号知道就填'],
      steps: ['选“异地转移接续”', '选原来的城市', '签名确认', '在“进度与补件”里查到哪一步了'],
      timeLimit: '一般 10 个工作日内',
    },
    en: {
      text: ['Once you pay in here, your balance elsewhere can follow without a journey. Years are counted together.'],
      materials: ['ID card', 'The other centre; your account there if you know it'],
      steps: [
        'Choose “Transfer from another city”',
        'Choose the city',
        'Sign',
        'Follow it under “Progress of requests”',
      ],
      timeLimit: 'usually within 10 working days',
    },
  },
  {
    id: 'guide-this-machine',
    item: null,
    title: ['第一次用这台机器', 'Your first time at this machine'],
    keywords: ['自助机', '怎么用', '大字', '语音', 'help'],
    zh: {
      text: [
        '放上身份证就能开始。字太小，点“大字慢速”；听不清，插耳机；不会用，点“叫工作人员”。一分钟不动会问您还在不在。',
      ],
      materials: ['本人身份证；没带可以用银行卡或手机扫码'],
      steps: ['把身份证放在读卡区', '输入短信验证码', '选要办的事', '办完点“结束”，拿好证件和纸'],
      timeLimit: null,
    },
    en: {
      text: [
        'Put down your ID card to begin. Larger text, a slower pace, headphones and a call for staff are on every screen. After a minute it asks whether you are still there.',
      ],
      materials: ['ID card; or a bank card, or your phone'],
      steps: [
        'ID card on the reader',
        'The code of the message',
        'Choose what to do',
        '“End” when done; take card and paper',
      ],
      timeLimit: null,
    },
  },
  {
    id: 'guide-agent',
    item: null,
    title: ['替家人办，行不行', 'Doing it for somebody else'],
    keywords: ['代办', '替', '父母', '委托', 'agent'],
    zh: {
      text: [
        '可以陪着办：家人本人放身份证，您在旁边帮忙。本人来不了的，要有本人的授权：在手机上授权，或带委托书到窗口。',
      ],
      materials: ['您自己的身份证', '家人的授权或委托书'],
      steps: ['请家人在手机上授权给您', '您放自己的身份证', '选“替别人办”'],
      timeLimit: null,
    },
    en: {
      text: [
        'Help beside the person is welcome. If they cannot come, they authorise you by phone, or give a paper for the counter.',
      ],
      materials: ['Your own ID card', 'Their authorisation'],
      steps: ['They authorise you on the phone', 'Your own ID card', 'Choose to act for somebody'],
      timeLimit: null,
    },
  },
  {
    id: 'guide-privacy',
    item: null,
    title: ['我的信息安全吗', 'What happens to my data'],
    keywords: ['隐私', '信息', '安全', '删除', 'privacy'],
    zh: {
      text: [
        '号码和账号默认遮盖，点“显示”才看得到，15 秒后自动遮上。办完清除，机器里不留您的姓名和证件号明文。',
        '刷脸不是必须的，都有别的办法。别人找您要密码、验证码，都不要给。',
      ],
      materials: [],
      steps: [],
      timeLimit: null,
    },
    en: {
      text: [
        'Numbers are masked; what you reveal is masked again after 15 seconds. At the end it is cleared: nothing of you stays here in clear.',
        'A face is never the only way. Give your password or code to nobody.',
      ],
      materials: [],
      steps: [],
      timeLimit: null,
    },
  },
];
