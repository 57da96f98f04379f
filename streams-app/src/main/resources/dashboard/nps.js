/* The score, how sure it is, and whether it moved. */
import {$, element, say} from './dom.js';
import {BEFORE, WINDOWS, count, day, percent, score, signed} from './format.js';
import {current, pick, picked} from './store.js';
import {enc, get} from './api.js';
import * as charts from './charts.js';

const GROUPS = [['promoters', 'Promoters, 9–10'], ['passives', 'Passives, 7–8'], ['detractors', 'Detractors, 0–6']];
/** The periods that suit a window, and so many of them. */
const PERIODS = {PT1H: ['DAY', 30], PT24H: ['DAY', 30], P7D: ['DAY', 30], P30D: ['WEEK', 26], P90D: ['MONTH', 24]};

const known = value => value !== undefined && value.value !== null;

export function showNps() {
  const found = current('nps');
  const value = found?.value;
  say('nps-value', known(value) ? score(value.value) : '–');
  say('nps-band', known(value)
    ? 'between ' + score(value.low) + ' and ' + score(value.high) + ' with 95 % confidence, from ' + count(value.n) + (value.n === 1 ? ' person in ' : ' people in ')
      + WINDOWS[value.window] + (found.elsewhere ? ' (all customers: this segment has no answers)' : '')
    : 'No answers in ' + WINDOWS[pick('window')] + '.');
  $('nps-shares').replaceChildren();
  $('nps-groups').replaceChildren();
  if (!known(value)) return;
  for (const [group, name] of GROUPS) {
    const share = 100 * value[group] / value.n;
    const part = element('span', null, group);
    part.style.width = share + '%';
    $('nps-shares').append(part);
    const entry = element('div');
    entry.append(element('dt', name, 'key ' + group), element('dd', percent(share) + ' · ' + count(value[group])));
    $('nps-groups').append(entry);
  }
}

/** What can be said of a comparison, in words. */
export function verdict(compared, window) {
  if (compared.now === null || compared.now.value === null) return {word: 'Nothing to say', text: 'There are no answers in ' + WINDOWS[window] + '.'};
  const before = compared.before?.side;
  if (compared.difference === null) {
    return {word: 'Nothing to compare with', text: 'There are no answers from ' + day(compared.before.from) + ' to ' + day(compared.before.to) + '.'};
  }
  const {value, low, high} = compared.difference;
  const from = ', from ' + count(before.n) + (before.n === 1 ? ' answer' : ' answers');
  const brief = score(compared.now.value) + ' now, ' + score(before.value) + ' in ' + BEFORE[window] + from + '.';
  const than = BEFORE[window] + ' (' + day(compared.before.from) + ' to ' + day(compared.before.to) + ')';
  const sides = score(compared.now.value) + ' now, ' + score(before.value) + ' in ' + than + from;
  const range = signed(value) + ', with 95 % confidence between ' + signed(low) + ' and ' + signed(high);
  if (compared.verdict === 'NOISE') {
    return {word: 'Not beyond noise', brief, text: sides + '. The difference is ' + range + ': it may be chance.'};
  }
  return compared.verdict === 'DOWN'
    ? {word: 'Down, beyond noise', brief, text: sides + '. The difference is ' + range + '.', tone: 'bad'}
    : {word: 'Up, beyond noise', brief, text: sides + '. The difference is ' + range + '.', tone: 'good'};
}

function showVerdict(said) {
  for (const [id, text] of [['answer-nps', said.brief ?? said.text], ['nps-verdict', said.text]]) {
    if ($(id).textContent !== said.word + ': ' + text) $(id).replaceChildren(element('strong', said.word, said.tone ?? ''), ': ' + text);
  }
}

async function inSegmentOrAll(ask) {
  const here = await ask(pick('segment'));
  return here.some || pick('segment') === 'all' ? here.answer : (await ask('all')).answer;
}

export async function showNpsCourse() {
  const asked = picked();
  const window = pick('window');
  if (window === 'PT1H') {
    showVerdict({word: 'Too short to compare', text: 'an hour has too few answers. Choose 24 hours or longer.'});
  } else {
    const compared = await inSegmentOrAll(async segment => {
      const answer = await get('kpis/nps/change?window=' + window + '&segment=' + enc(segment));
      return {answer, some: answer.now !== null && answer.now.value !== null};
    });
    if (picked() !== asked) return;
    showVerdict(verdict(compared, window));
  }
  const [period, most] = PERIODS[window];
  const values = await inSegmentOrAll(async segment => {
    const answer = (await get('kpis/nps?period=' + period + '&segment=' + enc(segment))).values;
    return {answer, some: answer.length > 0};
  });
  if (picked() !== asked) return;
  say('nps-chart-title', 'Score by ' + period.toLowerCase() + ' with its 95 % interval');
  charts.band('nps-chart', values.filter(v => v.value !== null).slice(-most));
}
