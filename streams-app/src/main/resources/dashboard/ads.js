/* What advertising brings, and what of it is shown to people who have bought already. */
import {element, say, table} from './dom.js';
import {WINDOWS, money} from './format.js';
import {all, at, pick, segmentOf, text} from './store.js';

const COLUMNS = [
  ['name', 'Campaign', false], ['spend', 'Spend', true], ['credit', 'Attributed revenue', true], ['roas', 'ROAS', true], ['romi', 'ROMI', true], ['drr', 'DRR', true],
  ['leak', 'Wasted on buyers', true], ['share', 'of retargeting', true],
];
let sorted = {by: 'leak', down: true};

const windowOfSpend = () => ['P30D', 'P90D'].includes(pick('window')) ? pick('window') : 'P30D';

function leaks(dimension, window) {
  return [...all()].filter(v => v.kpi === 'leak-cost' && v.segment_dimension === dimension && v.window === window && v.currency === pick('currency') && v.value > 0)
    .sort((a, b) => b.value - a.value);
}

const share = (leak, window) => at('leak-share|' + segmentOf(leak) + '/' + leak.currency + '|' + window);

function sentence() {
  const window = pick('window');
  const found = leaks('campaign', window);
  if (found.length === 0) return 'Nobody: no retargeting click on a product its customer had bought in ' + WINDOWS[window] + '.';
  const [worst, ...others] = found;
  const part = share(worst, window);
  const total = found.reduce((sum, v) => sum + v.value, 0);
  return worst.segment_value + ', ' + money(worst.value, worst.currency) + ' in ' + WINDOWS[window]
    + (part && part.value !== null ? ': ' + text(part) + ' of what its retargeting clicks cost was shown to people who had bought the product.' : '.')
    + (others.length ? ' All campaigns together: ' + money(total, worst.currency) + '.' : '');
}

function rows(by, window) {
  const currency = pick('currency');
  const suffix = '/' + currency + '/' + pick('model') + '|' + window;
  const names = new Map();
  for (const v of all()) {
    if (v.segment_dimension === by && v.window === window && v.currency === currency && (v.kpi === 'leak-cost' || v.kpi === 'roas' && v.model === pick('model'))) {
      names.set(segmentOf(v), v.segment_value);
    }
  }
  const found = [...names].map(([segment, name]) => {
    const [roas, romi, drr] = ['roas', 'romi', 'drr'].map(kpi => at(kpi + '|' + segment + suffix));
    const leak = at('leak-cost|' + segment + '/' + currency + '|' + window);
    const part = leak ? share(leak, window) : undefined;
    const amount = minor => minor === undefined ? '–' : money(minor, currency);
    return {
      name: name === 'none' ? 'no ad click before the order' : name,
      sort: {name, spend: roas?.denominator, credit: roas?.numerator, roas: roas?.value, romi: romi?.value, drr: drr?.value, leak: leak?.value, share: part?.value},
      cells: [amount(roas?.denominator), amount(roas?.numerator), text(roas), text(romi), text(drr), text(leak), text(part)],
    };
  });
  const of = row => row.sort[sorted.by] ?? -Infinity;
  found.sort((a, b) => sorted.by === 'name' ? a.name.localeCompare(b.name) : of(a) - of(b));
  return sorted.down ? found.reverse() : found;
}

function heads(by) {
  return COLUMNS.map(([id, title, numeric]) => {
    const cell = element('th', null, numeric ? 'number' : '');
    const button = element('button', id === 'name' ? by : title, 'sort');
    button.type = 'button';
    if (sorted.by === id) cell.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
    button.dataset.column = id;
    button.addEventListener('click', () => {
      sorted = {by: id, down: sorted.by === id ? !sorted.down : numeric};
      showAds();
      document.querySelector('#ads button[data-column="' + id + '"]').focus();
    });
    cell.append(button);
    return cell;
  });
}

export function showAds() {
  say('answer-waste', sentence());
  /* Whoever walks through the heads with the keyboard keeps the place. */
  const focused = document.activeElement?.closest('#ads') ? document.activeElement.dataset.column : undefined;
  const by = pick('ads-by');
  const window = windowOfSpend();
  const found = rows(by, window);
  const worst = Math.max(...found.map(row => row.sort.leak ?? 0));
  say('ads-note', 'Of ' + WINDOWS[window] + ', in ' + (pick('currency') || 'every currency')
    + '. Wasted: the cost of retargeting clicks on a product that its customer had bought and not returned.');
  table('ads', heads(by), found.map(row => {
    const name = element('td', row.name);
    if (worst > 0 && row.sort.leak === worst) name.append(' ', element('span', 'wastes most', 'mark'));
    return [name, ...row.cells];
  }), 'No spend or attributed order in ' + WINDOWS[window] + ' in this currency.');
  if (focused) document.querySelector('#ads button[data-column="' + focused + '"]')?.focus();
}
