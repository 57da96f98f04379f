/* How the pipeline is getting on. */
import {$, element} from './dom.js';
import {count, duration, number, percent} from './format.js';
import {at} from './store.js';
import {get} from './api.js';

const OVER_MILLIS = 10_000;
const samples = [];
let progress = null;

/** Records read a second, over the last ten of them. */
function rate() {
  const read = at('records-read|all|PT0S')?.value;
  if (read === undefined || read === null) return null;
  const now = performance.now();
  samples.push({now, read});
  while (samples.length > 2 && now - samples[1].now > OVER_MILLIS) samples.shift();
  const [first] = samples;
  return now - first.now < 1000 || read < first.read ? null : 1000 * (read - first.read) / (now - first.now);
}

export function forgetRate() {
  samples.length = 0;
}

export function showPipeline() {
  const perSecond = rate();
  const delay = at('delay-p99|all|PT1H');
  const rejected = at('rejected-share|all|PT0S');
  const refused = at('records-rejected|all|PT0S')?.value ?? 0;
  const figures = [
    ['State', progress === null ? '…' : progress.live ? progress.ready ? 'running' : progress.state : 'not live: ' + progress.state, progress !== null && !progress.live ? 'bad' : ''],
    ['Events', perSecond === null ? '…' : number(perSecond, perSecond < 100 ? 1 : 0) + ' /s'],
    ['Waiting (lag)', progress === null ? '…' : count(progress.lag) + (progress.lag === 1 ? ' record' : ' records')],
    ['Delay p99, 1 h', delay && delay.value !== null ? duration(delay.value) : 'nothing live yet'],
    ['Refused', count(refused) + (rejected && rejected.value !== null ? ' · ' + percent(rejected.value) : '')],
  ];
  const list = $('pipeline-figures');
  while (list.children.length < figures.length) {
    const entry = element('div');
    entry.append(element('dt'), element('dd'));
    list.append(entry);
  }
  figures.forEach(([name, value, tone], i) => {
    const [title, text] = list.children[i].children;
    if (title.textContent !== name) title.textContent = name;
    if (text.textContent !== value) text.textContent = value;
    text.className = tone ?? '';
  });
}

export async function loadPipeline() {
  progress = await get('pipeline');
  showPipeline();
}
