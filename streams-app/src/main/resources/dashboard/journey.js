/* Who goes from which touchpoint to which, how many, and how long between. */
import {say, table} from './dom.js';
import {WINDOWS, count, duration, step} from './format.js';
import {all, at, pick} from './store.js';
import * as charts from './charts.js';

const MOST = 16;

export function showJourney() {
  const window = ['P30D', 'P90D'].includes(pick('window')) ? pick('window') : 'P30D';
  const steps = [...all()]
    .filter(v => v.kpi === 'journey-steps' && v.segment_dimension === 'step' && v.window === window && v.value > 0)
    .map(v => {
      const [from, to] = v.segment_value.split('>');
      return {from: step(from), to: step(to ?? ''), count: v.value, gap: at('journey-gap|step=' + v.segment_value + '|' + window)?.value ?? null};
    })
    .sort((a, b) => b.count - a.count);
  const shown = steps.slice(0, MOST);
  const total = steps.reduce((sum, s) => sum + s.count, 0);
  say('journey-note', total === 0 ? '' : 'From one event of a customer to the next within 30 days, in ' + WINDOWS[window] + ', all customers: the ' + shown.length
    + ' most frequent of ' + steps.length + ' steps, ' + count(100 * shown.reduce((sum, s) => sum + s.count, 0) / total) + ' % of all.');
  charts.journey('journey-chart', shown);
  table('journey', ['From', 'To', '#Times', '#Median time between'], shown.map(s =>
    [s.from, s.to, count(s.count), s.gap === null ? '–' : duration(s.gap)]), 'No customer has had two events in ' + WINDOWS[window] + '.');
}
