/* Starts the page: what is picked, what is loaded, what comes, and what is shown of it when. */
import {$, say} from './dom.js';
import {enc, follow, get} from './api.js';
import * as store from './store.js';
import {showPickers} from './pickers.js';
import {forgetRate, loadPipeline, showPipeline} from './pipeline.js';
import {showNps, showNpsCourse} from './nps.js';
import {showChurnLevels, showFigures, showPeriodFigures} from './figures.js';
import {showAds} from './ads.js';
import {showAlerts} from './alerts.js';
import {loadNewest, showNewest, showSuppressions, tell} from './decisions.js';
import {showJourney} from './journey.js';
import {showCohorts, showRevenue} from './periods.js';
import {hidePerson, showPerson} from './person.js';

const SHOW_MILLIS = 250;
const BEAT_MILLIS = 2000;
const SLOW_MILLIS = 15_000;
const AGAIN_MILLIS = 1000;
/** Beside the window that is picked: running totals, the hour of the delay, and what is there for whole days only. */
const ALWAYS = ['PT0S', 'PT1H', 'P30D', 'P90D'];

function connection(state, text) {
  $('connection').dataset.state = state;
  say('connection', text);
}

/** One part that cannot be shown leaves the others alone, and the connection stands all the same. Returns why the first of them failed, if any did. */
async function attempt(...parts) {
  const failed = (await Promise.all(parts.map(part => Promise.resolve().then(part).then(() => null, error => error)))).find(error => error !== null);
  if ($('connection').dataset.state === 'live') say('connection', failed ? failed.message : 'live');
  return failed;
}

function showValues() {
  showPickers();
  showPipeline();
  showNps();
  showFigures();
  showChurnLevels();
  showAds();
}

const showSlow = () => attempt(showJourney, showNpsCourse, showRevenue, showCohorts, showPeriodFigures);

let waiting = 0;
function showSoon(show) {
  if (waiting) return;
  waiting = setTimeout(() => { waiting = 0; show(); }, SHOW_MILLIS);
}

/** Counts up with every load that begins, and with every connection that is lost: what an earlier load still brings is not wanted then. */
let loads = 0;
/** Everything stands as it was loaded, and as the stream has changed it since. */
let complete = false;
let again = 0;
/* A server that has just started has not read all that was published before, and what it reads of that does not come by the stream: so once more then. */
async function load(mine) {
  const {counted} = await get('suppressions');
  const all = await get('kpis?segment=*');
  if (mine !== loads) return;
  store.load(all.kpis, all.values);
  showValues();
  connection('live', counted ? 'live' : 'live, still reading the past');
  if (!counted) again = setTimeout(loadOrAgain, AGAIN_MILLIS);
  const failed = await attempt(showAlerts, loadNewest, showSuppressions, loadPipeline, showSlow);
  if (mine === loads) complete = counted && !failed;
}

function loadOrAgain() {
  forgetLoads();
  const mine = loads;
  load(mine).catch(failed => {
    if (mine !== loads) return;
    connection('broken', failed.message);
    again = setTimeout(loadOrAgain, AGAIN_MILLIS);
  });
}

function forgetLoads() {
  clearTimeout(again);
  loads++;
}

function loadAnew() {
  store.begin();
  complete = false;
  loadOrAgain();
}

let alerts = 0;
let end = () => {};
function connect() {
  end();
  const windows = new Set([store.pick('window'), ...ALWAYS]);
  end = follow({windows: [...windows].join()}, {
    open(resumed) {
      forgetRate();
      if (resumed && complete) connection('live', 'live');
      else loadAnew();
    },
    gap: loadAnew,
    lost() {
      forgetLoads();
      connection('broken', 'no connection, trying again …');
    },
    kpi({value}) {
      store.take(value);
      showSoon(() => { showValues(); showNewest(); });
    },
    alert() {
      if (alerts) return;
      alerts = setTimeout(() => { alerts = 0; attempt(showAlerts); }, SHOW_MILLIS);
    },
    suppression({value}) {
      tell('suppression', value);
      showSoon(() => { showValues(); showNewest(); });
    },
    churn({value}) {
      tell('churn', value);
      showSoon(() => { showValues(); showNewest(); });
    },
  });
}

/* The address says which customer is looked at, so that it can be sent to somebody else. */
function followAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const id = asked.get('customer');
  if (!id) {
    hidePerson();
    return;
  }
  $('customer').value = id;
  $('product').value = asked.get('product') ?? '';
  showPerson(id, $('product').value);
}

function showTheme() {
  const dark = document.documentElement.dataset.theme === 'dark';
  $('theme').setAttribute('aria-pressed', String(dark));
}

$('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme);
  document.documentElement.dataset.theme = theme;
  showTheme();
  attempt(showSlow, showSuppressions);
});
$('search').addEventListener('submit', event => {
  event.preventDefault();
  const id = $('customer').value.trim();
  const product = $('product').value.trim();
  if (!id) return;
  const hash = '#customer=' + enc(id) + (product ? '&product=' + enc(product) : '');
  if (location.hash === hash) followAddress();
  else location.hash = hash;
});
$('ask-why').addEventListener('click', event => {
  event.preventDefault();
  $('customer').focus();
});
$('person-close').addEventListener('click', () => {
  location.hash = '';
  $('customer').focus();
});
$('window').addEventListener('change', () => { showValues(); connect(); });
for (const id of ['segment', 'currency']) {
  $(id).addEventListener('change', () => { showValues(); showSlow(); });
}
for (const id of ['ads-by', 'model']) {
  $(id).addEventListener('change', showAds);
}
for (const id of ['pickers', 'ads-pickers']) {
  $(id).addEventListener('submit', event => event.preventDefault());
}
window.addEventListener('hashchange', followAddress);

/* A page that is left must not keep one of the few connections that a browser has for a server. */
window.addEventListener('pagehide', () => end());
window.addEventListener('pageshow', event => { if (event.persisted) connect(); });

showTheme();
showNewest();
connect();
followAddress();

const whileSeen = (millis, show) => setInterval(() => { if (!document.hidden && $('connection').dataset.state === 'live') show(); }, millis);
whileSeen(BEAT_MILLIS, () => attempt(loadPipeline, showSuppressions));
whileSeen(SLOW_MILLIS, showSlow);
