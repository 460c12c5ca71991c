declare const country: unique symbol;

/** A country by its two letters (ISO 3166-1), as telephone numbers tell it. */
export type Country = string & { readonly [country]: never };

/** They have telephone numbers, and the calendar data name no time zone for them: Ascension, Tristan da Cunha, Kosovo. */
const withoutZone: readonly string[] = ['AC', 'TA', 'XK'];

/** IANA names of every time zone that the country's clocks show. */
export const zoneNamesOf = (country: Country): readonly string[] =>
  new Intl.Locale(`und-${country}`).getTimeZones() ?? [];

/** Reads two letters, also those of common use such as `UK`. `undefined` for what is no country, such as `EU`. */
export function parseCountry(text: string): Country | undefined {
  if (!/^[A-Za-z]{2}$/.test(text)) return undefined;
  const region = new Intl.Locale(`und-${text}`).region as Country;
  return withoutZone.includes(region) || zoneNamesOf(region).length > 0 ? region : undefined;
}

/** In English, as `Jamaica`. */
export const countryName = (country: Country): string =>
  new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;
