'use strict';

const WINDOWS = {PT1H: 'the last hour', PT24H: 'the last 24 hours', P7D: 'the last 7 days', P30D: 'the last 30 days', P90D: 'the last 90 days'};
const FIGURES = [
  ['csat', 'CSAT'], ['ces', 'Effort (7 = easy)'], ['response-rate', 'Response rate'],
  ['orders', 'Orders'], ['revenue', 'Revenue'], ['revenue-net', 'Net revenue'], ['aov', 'Order value'], ['new-customers', 'New customers'],
  ['rpr', 'Repeat purchase rate'], ['crr', 'Customer retention'], ['churn-rate', 'Churn rate'], ['cr', 'Conversion of click days'],
  ['cac', 'Cost per new customer'], ['cpl', 'Cost per lead'], ['lcr', 'Lead conversion'], ['ltv', 'Lifetime value'], ['drr-total', 'Ad spend of revenue'],
  ['leak-cost', 'Wasted on buyers'], ['leak-share', 'Waste share'],
  ['tickets-open', 'Open tickets'], ['first-reply', 'First reply'], ['resolution', 'Resolution'], ['reopen-rate', 'Reopened'],
  ['contactable', 'Contactable'], ['rejected-share', 'Rejected records'],
];
const SHOWN_ROWS = 40;
const REFRESH_MILLIS = 5000;

const $ = id => document.getElementById(id);
const state = {declared: new Map(), values: new Map(), news: {suppression: [], churn: []}, decided: [], stream: null};

/* What comes from events is only ever put in as text. */
function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function get(path) {
  const answer = await fetch('api/v1/' + path, {headers: {Accept: 'application/json'}});
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail || body.title || answer.statusText);
  return body;
}

const enc = encodeURIComponent;
const pick = id => $(id).value;
const decimals = currency => {
  try { return new Intl.NumberFormat('en', {style: 'currency', currency}).resolvedOptions().maximumFractionDigits; } catch { return 2; }
};
const number = (value, digits = 1) => value.toLocaleString('en', {maximumFractionDigits: digits});

function money(minor, currency) {
  const digits = decimals(currency);
  return number(minor / 10 ** digits, Math.abs(minor) < 10 ** (digits + 5) ? digits : 0) + ' ' + currency;
}

function duration(seconds) {
  if (seconds < 90) return number(seconds, 0) + ' s';
  if (seconds < 5400) return number(seconds / 60, 0) + ' min';
  return seconds < 172800 ? number(seconds / 3600) + ' h' : number(seconds / 86400) + ' d';
}

function words(value) {
  if (value === undefined || value.value === null) return '–';
  const unit = state.declared.get(value.kpi)?.unit ?? '';
  if (unit.startsWith('minor')) return money(value.value, value.currency);
  if (unit.startsWith('percent')) return number(value.value) + ' %';
  if (unit.startsWith('seconds')) return duration(value.value);
  return number(value.value, unit.startsWith('count') ? 0 : 2);
}

function keyOf(value) {
  const escaped = value.segment_value.replace(/[%|/=]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase());
  let key = value.kpi + '|' + value.segment_dimension + (value.segment_dimension === 'all' ? '' : '=' + escaped);
  if (value.currency) key += '/' + value.currency;
  if (value.model) key += '/' + value.model;
  return key + '|' + value.window;
}

/** The value of a KPI in what is picked; of all customers where the segment does not have it, as is said then. */
function current(kpi) {
  const declared = state.declared.get(kpi);
  if (!declared) return undefined;
  const window = declared.windows.includes(pick('window')) ? pick('window') : declared.windows.includes('PT0S') ? 'PT0S' : null;
  const suffixes = ['/' + pick('currency'), ''];
  for (const segment of new Set([pick('segment'), 'all'])) {
    for (const suffix of suffixes) {
      const found = window ? state.values.get(kpi + '|' + segment + suffix + '|' + window) : undefined;
      if (found) return {value: found, elsewhere: segment !== pick('segment')};
    }
  }
  return undefined;
}

function fill(select, options, chosen) {
  const before = select.value || chosen;
  const wanted = options.join('\n');
  if (select.dataset.options === wanted) return;
  select.dataset.options = wanted;
  select.replaceChildren(...options.map(o => { const option = element('option', o === 'all' ? 'all customers' : o); option.value = o; return option; }));
  if (options.includes(before)) select.value = before;
}

function showPickers() {
  const segments = new Set(['all']);
  const currencies = new Map();
  for (const value of state.values.values()) {
    if (!['all', 'step', 'cohort', 'reason'].includes(value.segment_dimension)) {
      segments.add(keyOf(value).split('|')[1].split('/')[0]);
    }
    if (value.currency && value.kpi === 'revenue') currencies.set(value.currency, (currencies.get(value.currency) ?? 0) + value.n);
  }
  const [first, ...others] = [...segments];
  fill($('segment'), [first, ...others.sort().slice(0, 500)], 'all');
  fill($('currency'), [...currencies.entries()].sort((a, b) => b[1] - a[1]).map(e => e[0]), '');
}

function showNps() {
  const found = current('nps');
  const value = found?.value;
  const known = value && value.value !== null;
  $('nps-value').textContent = known ? number(value.value) : '–';
  $('nps-band').textContent = known
    ? 'between ' + number(value.low) + ' and ' + number(value.high) + ' with 95 % confidence, from ' + number(value.n, 0) + ' people in ' + WINDOWS[value.window] + (found.elsewhere ? ' (all customers: this segment has no answers)' : '')
    : 'no answers in ' + WINDOWS[pick('window')];
  const shares = $('nps-shares');
  shares.replaceChildren();
  if (known) {
    for (const group of ['promoters', 'passives', 'detractors']) {
      const share = 100 * value[group] / value.n;
      const part = element('span', share >= 8 ? Math.round(share) + ' %' : '', group);
      part.style.width = share + '%';
      part.title = group + ': ' + value[group];
      shares.append(part);
    }
    shares.setAttribute('aria-label', ['promoters', 'passives', 'detractors'].map(g => value[g] + ' ' + g).join(', '));
  }
}

/** Two scores differ for sure where their difference is larger than the interval of the difference. */
function verdict(months) {
  const known = months.filter(m => m.value !== null && m.low !== null);
  if (known.length < 2) return '';
  const [before, now] = known.slice(-2);
  const margin = Math.hypot((now.high - now.low) / 2, (before.high - before.low) / 2);
  const change = now.value - before.value;
  if (Math.abs(change) <= margin) {
    return 'Noise: ' + now.period + ' differs from ' + before.period + ' by ' + number(change) + ', and ±' + number(margin) + ' is chance.';
  }
  return (change > 0 ? 'Really up: ' : 'Really down: ') + number(change) + ' from ' + before.period + ' to ' + now.period + ', more than the ±' + number(margin) + ' of chance.';
}

function showFigures() {
  $('figures').replaceChildren(...FIGURES.map(([kpi, name]) => {
    const found = current(kpi);
    const latest = found?.value ?? state.periods?.get(kpi);
    const card = element('div', null, 'figure');
    card.dataset.kpi = kpi;
    card.title = state.declared.get(kpi)?.text ?? '';
    card.append(element('div', name, 'name'), element('div', words(latest), 'value'));
    const notes = [];
    if (latest?.low != null) notes.push(number(latest.low) + '–' + number(latest.high));
    if (latest) notes.push('n ' + number(latest.n, 0));
    if (latest?.period) notes.push(latest.period);
    if (found?.elsewhere) notes.push('all customers');
    card.append(element('div', notes.join(' · '), 'note'));
    return card;
  }));
}

function table(id, heads, rows) {
  const head = element('tr');
  heads.forEach(h => head.append(element('th', h.replace('#', ''), h.startsWith('#') ? 'number' : '')));
  head.querySelectorAll('th').forEach(th => th.setAttribute('scope', 'col'));
  const thead = element('thead');
  thead.append(head);
  const body = element('tbody');
  for (const row of rows) {
    const line = element('tr');
    row.forEach((cell, i) => line.append(cell instanceof Node ? cell : element('td', cell, heads[i].startsWith('#') ? 'number' : '')));
    body.append(line);
  }
  if (rows.length === 0) {
    const line = element('tr');
    const none = element('td', 'nothing yet');
    none.colSpan = heads.length;
    line.append(none);
    body.append(line);
  }
  $(id).replaceChildren(thead, body);
}

function showAds() {
  const window = ['P30D', 'P90D'].includes(pick('window')) ? pick('window') : 'P30D';
  const suffix = '/' + pick('currency') + '/' + pick('model') + '|' + window;
  const rows = [];
  for (const [key, roas] of state.values) {
    if (roas.kpi !== 'roas' || roas.segment_dimension !== 'campaign' || !key.endsWith(suffix)) continue;
    const rest = key.slice('roas'.length);
    const leak = state.values.get('leak-cost' + rest.replace('/' + pick('model'), ''));
    rows.push([roas.segment_value, roas.denominator, money(roas.denominator, roas.currency), money(roas.numerator, roas.currency), words(roas),
      words(state.values.get('romi' + rest)), words(state.values.get('drr' + rest)), words(leak)]);
  }
  rows.sort((a, b) => b[1] - a[1]);
  table('ads', ['Campaign', '#Spend', '#Attributed', '#ROAS', '#ROMI', '#DRR', '#Wasted on buyers'], rows.map(r => [r[0], ...r.slice(2)]));
}

function customerLink(id) {
  const cell = element('td');
  const link = element('a', id);
  link.href = '#customer=' + enc(id);
  cell.append(link);
  return cell;
}

const clock = time => new Date(time).toLocaleString('en-GB', {dateStyle: 'short', timeStyle: 'medium'});

function coloured(text) {
  return element('td', text, {ACTIVE: 'bad', LIFTED: 'good', LOST: 'bad', AT_RISK: 'bad', WATCH: 'middle', HEALTHY: 'good'}[text] ?? '');
}

function showNews() {
  table('suppressions', ['Customer', 'What', 'State', 'Why', 'Until'], state.news.suppression.map(s =>
    [customerLink(s.customer_id), s.scope + ' ' + s.scope_value, coloured(s.state), s.reasons.join(', '), s.until ? clock(s.until) : '–']));
  table('signals', ['Customer', 'Level', 'Before', '#Alive', 'Why', 'Do'], state.news.churn.map(c =>
    [customerLink(c.customer_id), coloured(c.level), c.previous_level, c.p_alive === null ? '–' : number(100 * c.p_alive, 0) + ' %', c.reasons.map(r => r.code).join(', '), c.action]));
  const minuteAgo = Date.now() - 60000;
  state.decided = state.decided.filter(d => d.at > minuteAgo);
  const added = state.decided.filter(d => d.active).length;
  $('suppression-rate').textContent = 'In the last minute: ' + added + ' added or extended, ' + (state.decided.length - added) + ' lifted.';
}

async function showPeriods() {
  const segment = pick('segment');
  const currency = pick('currency');
  const series = async (kpi, period, where) => (await get('kpis/' + kpi + '?period=' + period + '&segment=' + enc(where))).values;
  const orAll = async (kpi, period, suffix) => {
    const here = await series(kpi, period, segment + suffix);
    return here.length || segment === 'all' ? here : series(kpi, period, 'all' + suffix);
  };
  const months = await orAll('nps', 'MONTH', '');
  charts.band('nps-chart', months);
  $('nps-verdict').textContent = verdict(months);
  const [revenue, orders] = [await orAll('revenue', 'DAY', '/' + currency), await orAll('orders', 'DAY', '')];
  charts.revenue('revenue-chart', revenue.slice(-90), orders.slice(-90), 10 ** decimals(currency));
  state.periods = new Map();
  for (const kpi of FIGURES.map(f => f[0])) {
    const declared = state.declared.get(kpi);
    if (declared && declared.windows.length === 0 && declared.periods.includes('MONTH')) {
      const suffix = declared.unit.startsWith('minor') ? '/' + currency : '';
      const values = await orAll(kpi, 'MONTH', suffix);
      const ended = values.filter(v => v.value !== null && v.state === 'FINAL');
      if (ended.length) state.periods.set(kpi, ended[ended.length - 1]);
    }
  }
  const months2 = v => { const [y, m] = v.split('-'); return 12 * y + Number(m); };
  const cells = (await series('cohort-repeat', 'MONTH', 'cohort=*'))
    .filter(v => v.value !== null && v.period > v.segment_value)
    .map(v => ({cohort: v.segment_value, age: months2(v.period) - months2(v.segment_value), share: Math.round(10 * v.value) / 10}));
  charts.cohorts('cohort-chart', cells);
  showFigures();
}

function showJourney() {
  const steps = [...state.values.values()]
    .filter(v => v.kpi === 'journey-steps' && v.segment_dimension === 'step' && v.window === pick('window') && v.value > 0)
    .map(v => ({from: v.segment_value.split('>')[0], to: v.segment_value.split('>')[1], count: v.value}))
    .sort((a, b) => b.count - a.count).slice(0, 24);
  charts.journey('journey-chart', steps);
}

function showAll() {
  showPickers();
  showNps();
  showFigures();
  showAds();
}

let waiting = false;
function showSoon() {
  if (waiting) return;
  waiting = true;
  setTimeout(() => { waiting = false; showAll(); showNews(); }, 500);
}

function problem(id, failed) {
  $(id).textContent = failed.message;
}

async function load() {
  const all = await get('kpis?segment=*');
  state.declared = new Map(all.kpis.map(k => [k.kpi, k]));
  all.values.forEach(v => state.values.set(keyOf(v), v));
  showAll();
  showJourney();
  await showPeriods();
}

function connect() {
  const stream = new EventSource('api/v1/stream');
  state.stream = stream;
  const connection = $('connection');
  stream.onopen = () => { connection.textContent = 'live'; connection.className = ''; load().catch(failed => { connection.textContent = failed.message; }); };
  stream.onerror = () => { connection.textContent = 'no connection, trying again …'; connection.className = 'broken'; };
  stream.addEventListener('kpi', event => {
    const {value} = JSON.parse(event.data);
    if (!value.period) {
      state.values.set(keyOf(value), value);
      if (value.kpi === 'records-read' && value.segment_dimension === 'all') connection.textContent = 'live · ' + number(value.numerator, 0) + ' records read';
      showSoon();
    }
  });
  for (const kind of ['suppression', 'churn']) {
    stream.addEventListener(kind, event => {
      const {value} = JSON.parse(event.data);
      state.news[kind].unshift(value);
      state.news[kind].length = Math.min(state.news[kind].length, SHOWN_ROWS);
      if (kind === 'suppression') state.decided.push({at: Date.now(), active: value.state === 'ACTIVE'});
      showSoon();
    });
  }
}

async function showPerson(id) {
  $('person').hidden = false;
  $('person-title').textContent = 'Customer ' + id;
  $('person-problem').textContent = '';
  $('person-facts').replaceChildren();
  table('person-suppressions', ['What', 'State', 'Why', 'Since', 'Until', 'Rule', 'Events'], []);
  table('person-journey', ['When', 'What', 'Which', 'Detail'], []);
  $('person-title').focus();
  try {
    const path = 'customers/' + enc(id);
    const [profile, suppressions, churn, journey] = await Promise.all([get(path), get(path + '/suppressions'), get(path + '/churn'), get(path + '/journey')]);
    const facts = [
      ['Paid orders', number(profile.paid_orders, 0)],
      ...profile.revenue.map(r => ['Net revenue', money(r.net_minor, r.currency)]),
      ['First seen', clock(profile.first_seen_at)], ['Last seen', clock(profile.last_seen_at)],
      ['NPS', profile.nps ? profile.nps.score : '–'], ['Tickets', profile.open_tickets + ' open of ' + profile.tickets], ['Clicks', number(profile.clicks, 0)],
      ['Churn', churn.level + (churn.p_alive === null ? '' : ', alive ' + number(100 * churn.p_alive, 0) + ' %')],
      ['Reasons', churn.reasons.map(r => r.code).join(', ') || '–'], ['Consent', profile.ad_consent],
    ];
    $('person-facts').replaceChildren(...facts.map(([name, value]) => {
      const card = element('div', null, 'figure');
      card.append(element('div', name, 'name'), element('div', value, 'value'));
      return card;
    }));
    table('person-suppressions', ['What', 'State', 'Why', 'Since', 'Until', 'Rule', 'Events'], suppressions.suppressions.map(s =>
      [s.scope + ' ' + s.scope_value, coloured(s.state), s.reasons.join(', '), clock(s.since), s.until ? clock(s.until) : 'until an event ends it',
        s.cause.rule + ' of policy ' + s.cause.policy_version, s.cause.event_ids.join(', ')]));
    table('person-journey', ['When', 'What', 'Which', 'Detail'], journey.steps.map(s => [clock(s.at), s.kind, s.subject, s.detail]));
  } catch (failed) {
    problem('person-problem', failed);
  }
}

function followAddress() {
  const match = location.hash.match(/^#customer=(.+)$/);
  if (match) showPerson(decodeURIComponent(match[1]));
}

function theme(dark) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  $('theme').setAttribute('aria-pressed', String(dark));
  $('theme').textContent = dark ? 'Light' : 'Dark';
}

$('theme').addEventListener('click', () => {
  const dark = document.documentElement.dataset.theme !== 'dark';
  localStorage.setItem('theme', dark ? 'dark' : 'light');
  theme(dark);
  showJourney();
  showPeriods();
});
$('search').addEventListener('submit', event => {
  event.preventDefault();
  const id = $('customer').value.trim();
  if (id) location.hash = '#customer=' + enc(id);
});
$('person-close').addEventListener('click', () => { $('person').hidden = true; location.hash = ''; $('customer').focus(); });
$('pickers').addEventListener('change', () => { showAll(); showJourney(); showPeriods(); });
$('model').addEventListener('change', showAds);
window.addEventListener('hashchange', followAddress);
theme((localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark');
showNews();
connect();
followAddress();
setInterval(() => { showJourney(); showNews(); showPeriods().catch(() => {}); }, REFRESH_MILLIS);
