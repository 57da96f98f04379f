/* What fires: asked for at first and whenever the stream tells of an alert. */
import {$, customerLink, element, say, table} from './dom.js';
import {BEFORE, WINDOWS, count, level, signed, when, words} from './format.js';
import {get} from './api.js';
import {declared} from './store.js';

const SHOWN = 12;
const CUSTOMER = 'customer=';

/* One that the page cannot decode is shown as it is. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function whom(segment) {
  if (segment.startsWith(CUSTOMER)) return customerLink(decoded(segment.slice(CUSTOMER.length)));
  return segment === 'all' ? 'all customers' : segment.split('/').map(part => decoded(part.replace('=', ' '))).join(', ');
}

/** In the units of people; in the words of the alert itself, which name keys, where there is no figure or no word for the window. */
function what(alert) {
  if (alert.value === null || !(alert.window in WINDOWS) || alert.previous !== null && !(alert.window in BEFORE)) return alert.detail;
  const currency = alert.segment.split('/')[1];
  const told = value => words({value, currency}, declared.get(alert.kpi)?.unit ?? '');
  const was = alert.previous === null ? '' : ', ' + told(alert.previous) + ' in ' + BEFORE[alert.window];
  const change = alert.low === null || alert.high === null ? '' : '; the change lies between ' + signed(alert.low) + ' and ' + signed(alert.high);
  const line = alert.previous !== null || alert.threshold === null ? '' : '; the line is at ' + told(alert.threshold);
  return level(alert.kpi).replace(/^(nps|csat|ces)\b/, name => name.toUpperCase()) + ' ' + told(alert.value) + ' in ' + WINDOWS[alert.window] + was + change + line + '.';
}

function summary(open, total) {
  if (total === 0) return '';
  const figures = open.filter(alert => alert.window !== null).length;
  const people = total - figures;
  return (figures === 0 ? 'None is about a figure' : figures + (figures === 1 ? ' is about a figure' : ' are about figures'))
    + (people === 0 ? '.' : '; ' + count(people) + (people === 1 ? ' customer wants' : ' customers want') + ' a call back.')
    + (total > SHOWN ? ' The first ' + SHOWN + ' stand here, and what is over.' : '');
}

export async function showAlerts() {
  const told = await get('alerts?limit=100');
  say('alerts-title', told.openCount === 0 ? 'Alerts' : 'Alerts: ' + count(told.openCount) + ' open');
  say('alerts-summary', summary(told.open, told.openCount));
  const over = told.recent.filter(alert => alert.state === 'RESOLVED').slice(0, 3);
  table('alerts', ['State', 'Rule', 'Whom', 'What', 'At'], [...told.open.slice(0, SHOWN), ...over].map(alert => {
    const firing = alert.state === 'FIRING';
    const cell = element('td', what(alert));
    cell.title = alert.detail;
    return [element('td', firing ? '● firing' : '○ over', firing ? 'bad' : 'good'), alert.rule, whom(alert.segment), cell, when(alert.decided_at)];
  }), 'Nothing fires.');
  $('alerts').closest('section').dataset.open = told.openCount;
}
