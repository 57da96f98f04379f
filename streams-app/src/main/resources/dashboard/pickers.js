/* The segments and currencies that there are. */
import {$, element} from './dom.js';
import {all, segmentOf} from './store.js';

/** Dimensions that are shown in places of their own. */
const ELSEWHERE = new Set(['all', 'step', 'cohort', 'reason', 'level']);
const MOST = 500;

function refill(select, signature, make) {
  if (select.dataset.options === signature) return;
  const before = select.value;
  select.dataset.options = signature;
  select.replaceChildren(...make());
  select.value = before;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function option(value, text) {
  const made = element('option', text);
  made.value = value;
  return made;
}

export function showPickers() {
  const dimensions = new Map();
  const currencies = new Map();
  for (const value of all()) {
    if (!ELSEWHERE.has(value.segment_dimension)) {
      const known = dimensions.get(value.segment_dimension) ?? new Map();
      known.set(segmentOf(value), value.segment_value);
      dimensions.set(value.segment_dimension, known);
    }
    if (value.currency && value.kpi === 'revenue') currencies.set(value.currency, (currencies.get(value.currency) ?? 0) + value.n);
  }
  const names = [...dimensions.keys()].sort();
  refill($('segment'), names.map(name => [...dimensions.get(name).keys()].sort().join()).join('\n'), () => [
    option('all', 'all customers'),
    ...names.map(name => {
      const group = element('optgroup');
      group.label = name.replaceAll('-', ' ');
      group.append(...[...dimensions.get(name)].sort((a, b) => a[1].localeCompare(b[1])).slice(0, MOST).map(([key, text]) => option(key, text)));
      return group;
    }),
  ]);
  const codes = [...currencies].sort((a, b) => b[1] - a[1]).map(entry => entry[0]);
  refill($('currency'), codes.join(), () => codes.length ? codes.map(code => option(code, code)) : [option('', 'none yet')]);
}
