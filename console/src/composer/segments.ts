/** GSM 03.38: the basic characters, and those that take two places. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '^{}\\[~]|€';

export interface Measured {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
  /** Places left in the last segment. */
  readonly left: number;
  /** The characters that make it the dearer encoding. */
  readonly because: readonly string[];
}

/** What a text costs, as it is typed; the app, which folds some punctuation, has the last word. */
export function measure(text: string): Measured {
  const because = [...new Set(text)].filter((sign) => !basic.includes(sign) && !extended.includes(sign));
  const ucs2 = because.length > 0;
  const places = ucs2 ? text.length : [...text].reduce((sum, sign) => sum + (extended.includes(sign) ? 2 : 1), 0);
  const [one, several] = ucs2 ? [70, 67] : [160, 153];
  const segments = places <= one ? 1 : Math.ceil(places / several);
  return {
    encoding: ucs2 ? 'UCS-2' : 'GSM-7',
    segments,
    left: segments * (segments === 1 ? one : several) - places,
    because,
  };
}
