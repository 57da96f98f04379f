/* Figures in the units of people. */

export const WINDOWS = {PT1H: 'the last hour', PT24H: 'the last 24 hours', P7D: 'the last 7 days', P30D: 'the last 30 days', P90D: 'the last 90 days'};
export const BEFORE = {PT24H: 'the day before', P7D: 'the 7 days before', P30D: 'the 30 days before', P90D: 'the 90 days before'};

const LOCALE = 'en-GB';

export const decimals = currency => {
  try {
    return new Intl.NumberFormat(LOCALE, {style: 'currency', currency}).resolvedOptions().maximumFractionDigits;
  } catch {
    return 2;
  }
};

export const number = (value, digits = 1) => value.toLocaleString(LOCALE, {maximumFractionDigits: digits});
const fixed = (value, digits) => value.toLocaleString(LOCALE, {minimumFractionDigits: digits, maximumFractionDigits: digits});
export const count = value => number(value, 0);
export const score = value => fixed(value, 1);
export const percent = value => fixed(value, 1) + '\u00a0%';
export const signed = value => (value > 0 ? '+' : value < 0 ? '−' : '±') + fixed(Math.abs(value), 1);

export function money(minor, currency) {
  const digits = decimals(currency);
  return fixed(minor / 10 ** digits, Math.abs(minor) < 10 ** (digits + 5) ? digits : 0) + '\u00a0' + currency;
}

export function duration(seconds) {
  if (seconds === 0) return 'at once';
  if (seconds < 1) return number(1000 * seconds, 0) + '\u00a0ms';
  if (seconds < 90) return number(seconds, seconds < 10 ? 1 : 0) + '\u00a0s';
  if (seconds < 5400) return number(seconds / 60, 0) + '\u00a0min';
  return seconds < 172800 ? number(seconds / 3600) + '\u00a0h' : number(seconds / 86400) + '\u00a0d';
}

/** A value in the unit of its KPI; an en dash where there is none. */
export function words(value, unit) {
  if (value === undefined || value.value === null) return '–';
  if (unit.startsWith('minor')) return money(value.value, value.currency);
  if (unit.startsWith('percent')) return percent(value.value);
  if (unit.startsWith('seconds')) return duration(value.value);
  if (unit.startsWith('multiple')) return number(value.value, value.value < 100 ? 1 : 0) + '\u00a0×';
  if (unit.startsWith('count')) return count(value.value);
  return score(value.value);
}

const DAY = new Intl.DateTimeFormat(LOCALE, {day: 'numeric', month: 'short', year: 'numeric'});
const MOMENT = new Intl.DateTimeFormat(LOCALE, {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'});
const CLOCK = new Intl.DateTimeFormat(LOCALE, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const MINUTE = new Intl.DateTimeFormat(LOCALE, {hour: '2-digit', minute: '2-digit'});

export const day = time => DAY.format(new Date(time));
export const moment = time => MOMENT.format(new Date(time));
export const clock = time => CLOCK.format(new Date(time));
export const minute = time => MINUTE.format(new Date(time));

/** A time of today as the clock shows it, another with its day. */
export const when = time => new Date(time).toDateString() === new Date().toDateString() ? clock(time) : moment(time);

const REASONS = {
  PURCHASED: 'bought it', OPEN_TICKET: 'has an open ticket', DETRACTOR: 'is unhappy (NPS 0–6)', OPTED_OUT: 'opted out',
  RETURNED: 'returned it', CANCELLED: 'cancelled it', EXPIRED: 'time is over', RESOLVED: 'ticket resolved', GRANTED: 'consented',
  WITHDRAWN: 'withdrew the answer, or gave a better one',
};
const SIGNS = {
  SILENCE: 'silent for longer than usual', RECOVERED: 'came back', DETRACTOR: 'detractor', LOW_CSAT: 'low satisfaction', HIGH_EFFORT: 'high effort',
  REOPENED_TICKET: 'ticket reopened', STALE_TICKET: 'ticket open too long', RETURNED_ORDER: 'returned an order',
};

const plain = code => code.toLowerCase().replaceAll(/[_-]/g, ' ');
export const reason = code => REASONS[code] ?? plain(code);
export const sign = code => SIGNS[code] ?? plain(code);
export const level = code => plain(code);
export const step = kind => plain(kind).replace(/\b(nps|csat|ces)\b/g, name => name.toUpperCase());
export const action = code => code === 'none' ? 'nothing' : plain(code);
