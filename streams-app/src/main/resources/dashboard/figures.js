/* The tiles. */
import {$, say, tile} from './dom.js';
import {WINDOWS, count, level, reason, score} from './format.js';
import {all, at, current, declared, pick, picked, text} from './store.js';
import {enc, get} from './api.js';

const GROUPS = {
  experience: [['csat', 'CSAT, satisfied'], ['csat-mean', 'CSAT, mean of 1–5'], ['ces', 'Effort, 7 is easy'], ['ces-top', 'Found it easy'], ['response-rate', 'Response rate']],
  sales: [['orders', 'Orders'], ['revenue', 'Revenue'], ['revenue-net', 'Revenue, net of returns'], ['aov', 'Average order (AOV)'], ['aov-median', 'Median order'],
    ['new-customers', 'New customers'], ['cr', 'Conversion (CR)'], ['rpr', 'Repeat purchase (RPR)'], ['crr', 'Retention (CRR)'], ['churn-rate', 'Churn rate'],
    ['ltv', 'Lifetime value'], ['cac', 'Cost per new customer'], ['cpl', 'Cost per lead'], ['lcr', 'Leads won']],
  support: [['tickets-opened', 'Tickets opened'], ['tickets-open', 'Open now'], ['first-reply', 'First reply, median'], ['first-reply-p90', 'First reply, 9 of 10 within'],
    ['resolution', 'Resolved, median'], ['resolution-p90', 'Resolved, 9 of 10 within'], ['reopen-rate', 'Reopened']],
  quality: [['contactable', 'Contactable customers'], ['rejected-rate', 'Records refused'], ['delay', 'Delay, median'], ['delay-p90', 'Delay, 9 of 10 within'], ['delay-p99', 'Delay, 99 of 100 within']],
};
/** The last period that is over, of what has no windows. */
const ofPeriods = new Map();

function note(value, elsewhere) {
  if (!value) return 'nothing counted yet';
  const notes = [];
  if (value.value === null) notes.push(value.period ? value.period : value.window === 'PT0S' ? 'nothing counted yet' : 'none in ' + WINDOWS[value.window]);
  else {
    if (value.low !== null) notes.push(score(value.low) + '–' + score(value.high));
    if (value.kpi !== 'orders' && value.kpi !== 'new-customers' && !value.kpi.startsWith('tickets-open')) notes.push('n ' + count(value.n));
    if (value.period) notes.push(value.period);
    else if (value.window !== pick('window') && value.window !== 'PT0S') notes.push(WINDOWS[value.window].replace('the last ', ''));
  }
  if (elsewhere) notes.push('all customers');
  return notes.join(' · ');
}

/** What is there for 30 and 90 days only stands for the shorter windows too, and says so. */
function shown(kpi) {
  return current(kpi) ?? (declared.get(kpi)?.windows.includes('P30D') ? current(kpi, 'P30D') : undefined);
}

export function showFigures() {
  for (const [group, figures] of Object.entries(GROUPS)) {
    $(group).replaceChildren(...figures.map(([kpi, name]) => {
      const found = shown(kpi);
      const period = ofPeriods.get(kpi);
      const value = found?.value ?? period?.value;
      const card = tile(name, text(value), note(value, found?.elsewhere ?? period?.elsewhere), declared.get(kpi)?.text);
      card.dataset.kpi = kpi;
      return card;
    }));
  }
  showAccount();
}

function showAccount() {
  const total = kpi => at(kpi + '|all|PT0S')?.value ?? 0;
  say('quality-account', 'Nothing is dropped in silence: ' + count(total('records-read')) + ' records read = ' + count(total('records-folded')) + ' taken in + '
    + count(total('records-duplicate')) + ' duplicates + ' + count(total('records-rejected')) + ' refused.');
  const reasons = [...all()].filter(v => v.kpi === 'records-rejected' && v.segment_dimension === 'reason' && v.value > 0).sort((a, b) => b.value - a.value);
  say('quality-reasons', reasons.length ? 'Refused: ' + reasons.map(v => reason(v.segment_value) + ' ' + count(v.value)).join(', ') + '.' : 'No record was refused so far.');
}

const LEVELS = ['WATCH', 'AT_RISK', 'LOST'];

export function showChurnLevels() {
  const counts = LEVELS.map(name => at('churn-level|level=' + name + '|PT0S')?.value ?? 0);
  $('churn-levels').replaceChildren(...LEVELS.map((name, i) => tile(level(name), count(counts[i]), 'customers now', declared.get('churn-level')?.text)));
  const total = counts[1] + counts[2];
  say('answer-churn', total === 0 ? 'Nobody at the moment: no customer is at risk or lost.'
    : count(counts[1]) + (counts[1] === 1 ? ' customer is' : ' customers are') + ' at risk and ' + count(counts[2]) + ' lost by the model; ' + count(counts[0]) + ' to be watched. The newest stand below, each with its reasons.');
}

export async function showPeriodFigures() {
  const currency = pick('currency');
  if (!currency) return;
  const asked = picked();
  const ended = async (kpi, segment) => {
    const suffix = declared.get(kpi).unit.startsWith('minor') ? '/' + currency : '';
    return (await get('kpis/' + kpi + '?period=MONTH&segment=' + enc(segment + suffix))).values.filter(v => v.value !== null && v.state === 'FINAL').at(-1);
  };
  for (const [kpi] of Object.values(GROUPS).flat()) {
    const kpiDeclared = declared.get(kpi);
    if (kpiDeclared && kpiDeclared.windows.length === 0 && kpiDeclared.periods.includes('MONTH')) {
      const here = await ended(kpi, pick('segment'));
      const value = here ?? await ended(kpi, 'all');
      if (picked() !== asked) return;
      if (value) ofPeriods.set(kpi, {value, elsewhere: !here});
    }
  }
  showFigures();
}
