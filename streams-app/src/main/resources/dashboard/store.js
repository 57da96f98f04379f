/* What is known of the KPIs, and what is picked. */
import {$} from './dom.js';
import {words} from './format.js';

/** The definitions by id, and the newest value under each key. */
export const declared = new Map();
const values = new Map();
/** Keys that came by the stream since it stands: what is loaded beside it may be older. */
const streamed = new Set();
let arrivals = 0;

export const pick = id => $(id).value;
/** All that is picked above the page. Who asks the server compares it with that after the answer: a late one is for something else. */
export const picked = () => ['segment', 'window', 'currency'].map(pick).join();
export const all = () => values.values();
export const at = key => values.get(key);
/** How many values have come. */
export const seen = () => arrivals;

const escaped = text => text.replace(/[%|/=]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase());

export function segmentOf(value) {
  return value.segment_dimension === 'all' ? 'all' : value.segment_dimension + '=' + escaped(value.segment_value);
}

export function keyOf(value) {
  let key = value.kpi + '|' + segmentOf(value);
  if (value.currency) key += '/' + value.currency;
  if (value.model) key += '/' + value.model;
  return key + '|' + value.window;
}

export function begin() {
  streamed.clear();
}

export function take(value) {
  const key = keyOf(value);
  values.set(key, value);
  streamed.add(key);
  arrivals++;
}

export function load(kpis, loaded) {
  declared.clear();
  kpis.forEach(kpi => declared.set(kpi.kpi, kpi));
  const held = new Map(values);
  values.clear();
  for (const value of loaded) {
    const key = keyOf(value);
    values.set(key, streamed.has(key) ? held.get(key) : value);
  }
  streamed.forEach(key => { if (!values.has(key)) values.set(key, held.get(key)); });
}

export function windowOf(kpi) {
  const windows = declared.get(kpi)?.windows ?? [];
  return windows.includes(pick('window')) ? pick('window') : windows.includes('PT0S') ? 'PT0S' : null;
}

/** The value of a KPI in what is picked; of all customers where the segment does not have it, which is said then. */
export function current(kpi, window = windowOf(kpi)) {
  if (!window) return undefined;
  for (const segment of new Set([pick('segment'), 'all'])) {
    for (const suffix of ['/' + pick('currency'), '']) {
      const found = values.get(kpi + '|' + segment + suffix + '|' + window);
      if (found) return {value: found, elsewhere: segment !== pick('segment')};
    }
  }
  return undefined;
}

export const text = value => words(value, declared.get(value?.kpi)?.unit ?? '');
