/* Suppressions and churn signals: how many, and the newest. */
import {$, customerLink, element, say, table, tile} from './dom.js';
import {action, count, level, number, reason, sign, when} from './format.js';
import {get} from './api.js';
import * as charts from './charts.js';

const MOST = 50;
const TONES = {ACTIVE: 'bad', LIFTED: 'good', LOST: 'bad', AT_RISK: 'bad', WATCH: 'middle', HEALTHY: 'good'};
const newest = {suppressions: [], signals: []};

export const coloured = (word, text) => element('td', text ?? level(word), TONES[word] ?? '');
export const scope = s => s.scope === 'ALL' ? 'any product' : (s.scope === 'SKU' ? 'product ' : 'category ') + s.scope_value;

export function tell(kind, value) {
  const list = kind === 'churn' ? newest.signals : newest.suppressions;
  list.unshift({at: new Date().toISOString(), value});
  list.length = Math.min(list.length, MOST);
}

export function showNewest() {
  table('suppressions', ['At', 'Customer', 'What', 'State', 'Why'], newest.suppressions.map(({at, value}) =>
    [when(at), customerLink(value.customer_id), scope(value), coloured(value.state), value.reasons.map(reason).join(', ')]),
  'No suppression was decided yet.');
  table('signals', ['At', 'Customer', 'Level', 'Alive', 'Why', 'Do'], newest.signals.map(({at, value}) =>
    [when(at), customerLink(value.customer_id), coloured(value.level, level(value.previous_level) + ' → ' + level(value.level)),
      value.p_alive === null ? '–' : number(100 * value.p_alive, 0) + ' %', value.reasons.map(r => sign(r.code)).join(', ') || '–', action(value.action)]),
  'No customer changed level yet.');
  const known = new Set([...newest.suppressions, ...newest.signals].map(each => each.value.customer_id));
  $('known-customers').replaceChildren(...[...known].map(id => {
    const option = element('option');
    option.value = id;
    return option;
  }));
}

export async function loadNewest() {
  const [suppressions, signals] = await Promise.all([get('suppressions/newest'), get('churn-signals/newest')]);
  newest.suppressions = suppressions.newest;
  newest.signals = signals.newest;
  showNewest();
}

export async function showSuppressions() {
  const standing = await get('suppressions');
  const reasons = Object.entries(standing.reasons).sort((a, b) => b[1] - a[1]);
  $('suppression-counts').replaceChildren(
    tile('in force', count(standing.active), standing.counted ? 'of all customers' : 'still counting'),
    ...reasons.map(([code, held]) => tile(reason(code), count(held), code)));
  const last = standing.minutes.slice(-6, -1);
  const mean = field => number(last.reduce((sum, each) => sum + each[field], 0) / last.length);
  say('suppression-rate', 'Of the last five whole minutes, per minute: ' + mean('added') + ' added, ' + mean('extended') + ' extended, ' + mean('lifted') + ' lifted.');
  charts.minutes('minutes-chart', standing.minutes);
}
