/* What fires: asked for at first and whenever the stream tells of an alert. */
import {$, element, say, table} from './dom.js';
import {when} from './format.js';
import {get} from './api.js';

const SHOWN = 12;

export async function showAlerts() {
  const told = await get('alerts?limit=100');
  say('alerts-title', told.openCount === 0 ? 'Alerts' : 'Alerts: ' + told.openCount.toLocaleString('en-GB') + ' open');
  say('alerts-summary', told.openCount > SHOWN ? 'The first ' + SHOWN + ' of them, and what is over.' : '');
  const over = told.recent.filter(alert => alert.state === 'RESOLVED').slice(0, 3);
  table('alerts', ['State', 'Rule', 'Segment', 'What', 'At'], [...told.open.slice(0, SHOWN), ...over].map(alert => {
    const firing = alert.state === 'FIRING';
    return [element('td', firing ? '● firing' : '○ over', firing ? 'bad' : 'good'), alert.rule, alert.segment, alert.detail, when(alert.decided_at)];
  }), 'Nothing fires.');
  $('alerts').closest('section').dataset.open = told.openCount;
}
