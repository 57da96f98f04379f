/* One customer: the facts, what is not shown to them and why, and what happened. */
import {$, element, say, table, tile} from './dom.js';
import {action, count, day, level, money, moment, number, reason, sign, step} from './format.js';
import {enc, get} from './api.js';
import {coloured, scope} from './decisions.js';

let asked = 0;

const until = s => s.state === 'LIFTED' ? '–' : s.until ? moment(s.until) : 'until an event ends it';
const why = s => s.reasons.map(reason).join(', ');

/** Which suppressions bear on a product: those of the product itself, those of everything, and, since a product is not known by category here, those of categories. */
function answer(product, suppressions) {
  const active = suppressions.filter(s => s.state === 'ACTIVE');
  const direct = active.filter(s => s.scope === 'ALL' || s.scope_value === product);
  if (direct.length > 0) {
    return 'Not shown ' + product + ': ' + direct.map(s => 'the customer ' + why(s) + ', since ' + moment(s.since)
      + (s.until ? ', until ' + moment(s.until) : ', until an event ends it') + ' (rule ' + s.cause.rule + ' of policy ' + s.cause.policy_version
      + ', because of ' + s.cause.event_ids.join(', ') + ')').join('; and ') + '.';
  }
  const lifted = suppressions.find(s => s.scope_value === product);
  const categories = active.filter(s => s.scope === 'CATEGORY').map(s => s.scope_value);
  return product + ' may be shown' + (lifted ? ': the suppression was lifted, the customer ' + why(lifted) : ': nothing suppresses it') + '.'
    + (categories.length ? ' Whole categories are suppressed, though: ' + categories.join(', ') + '.' : '');
}

function facts(profile, churn) {
  const scoreOf = (answerOf, scale) => answerOf ? [String(answerOf.score) + scale, day(answerOf.at)] : ['–', 'never answered'];
  const [nps, npsAt] = scoreOf(profile.nps, ' of 10');
  return [
    tile('Paid orders', count(profile.paid_orders), profile.returned_orders ? count(profile.returned_orders) + ' with returns' : ''),
    ...profile.revenue.map(r => tile('Net revenue', money(r.net_minor, r.currency), r.returned_minor ? money(r.returned_minor, r.currency) + ' returned' : '')),
    tile('First seen', day(profile.first_seen_at), ''),
    tile('Last seen', day(profile.last_seen_at), ''),
    tile('NPS', nps, npsAt),
    tile('CSAT', profile.csat ? String(profile.csat.score) : '–', profile.csat ? day(profile.csat.at) : 'never answered'),
    tile('Open tickets', count(profile.open_tickets), 'of ' + count(profile.tickets)),
    tile('Ad clicks', count(profile.clicks), ''),
    tile('Churn', level(churn.level), (churn.reasons.map(r => sign(r.code)).join(', ') || 'no reason') + '; do: ' + action(churn.action)),
    tile('Alive with', churn.p_alive === null ? '–' : number(100 * churn.p_alive, 0) + ' %', churn.p_alive === null ? 'no purchase' : 'probability'),
    tile('Advertising consent', level(profile.ad_consent), profile.value_tier ? level(profile.value_tier) + ' value' : ''),
  ];
}

function happened(steps) {
  $('person-journey').replaceChildren(...steps.map(s => {
    const line = element('li', null, s.kind.split('-')[0]);
    const time = element('time', moment(s.at));
    time.dateTime = s.at;
    line.append(time, element('strong', step(s.kind)), element('span', [s.subject, s.detail].filter(Boolean).join(' · ')));
    return line;
  }));
}

export async function showPerson(id, product) {
  const mine = ++asked;
  $('person').hidden = false;
  $('person-known').hidden = true;
  $('person-answer').hidden = true;
  say('person-title', 'Customer ' + id);
  say('person-problem', '');
  $('person-title').focus();
  $('person').scrollIntoView({block: 'start'});
  try {
    const path = 'customers/' + enc(id);
    const [profile, held, churn, journey] = await Promise.all([get(path), get(path + '/suppressions'), get(path + '/churn'), get(path + '/journey')]);
    if (mine !== asked) return;
    const {suppressions} = held;
    $('person-facts').replaceChildren(...facts(profile, churn));
    if (product) {
      say('person-answer', answer(product, suppressions));
      $('person-answer').hidden = false;
    }
    table('person-suppressions', ['What', 'State', 'Why', 'Since', 'Until', 'Rule', 'Because of'], suppressions.map(s =>
      [scope(s), coloured(s.state), why(s), moment(s.since), until(s), s.cause.rule + ', policy ' + s.cause.policy_version, s.cause.event_ids.join(', ')]),
    'Nothing is suppressed: this customer may be shown every product.');
    happened(journey.steps);
    $('person-known').hidden = false;
  } catch (failed) {
    if (mine === asked) say('person-problem', failed.message);
  }
}

export function hidePerson() {
  asked++;
  $('person').hidden = true;
}
