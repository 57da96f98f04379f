/* What is counted by day and by month. */
import {decimals} from './format.js';
import {pick, picked} from './store.js';
import {enc, get} from './api.js';
import * as charts from './charts.js';

const DAYS = 90;

async function series(kpi, suffix) {
  const of = async segment => (await get('kpis/' + kpi + '?period=DAY&segment=' + enc(segment + suffix))).values.slice(-DAYS);
  const here = await of(pick('segment'));
  return here.length || pick('segment') === 'all' ? here : of('all');
}

export async function showRevenue() {
  const asked = picked();
  const currency = pick('currency');
  const [revenue, orders] = await Promise.all([currency ? series('revenue', '/' + currency) : [], currency ? series('orders', '') : []]);
  if (picked() === asked) charts.revenue('revenue-chart', revenue, orders, 10 ** decimals(currency), currency);
}

const months = month => 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7));

export async function showCohorts() {
  const cells = (await get('kpis/cohort-repeat?period=MONTH&segment=' + enc('cohort=*'))).values
    .filter(v => v.value !== null && v.period > v.segment_value)
    .map(v => ({cohort: v.segment_value, age: months(v.period) - months(v.segment_value), share: v.value, n: v.n}));
  charts.cohorts('cohort-chart', cells);
}
