'use strict';

/* What fires: asked for once and after each reconnection, and from then on told by a stream of its own. */
(() => {
  const SHOWN = 12;
  const list = document.getElementById('alerts');
  const title = document.getElementById('alerts-title');
  const summary = document.getElementById('alerts-summary');
  let due = null;

  const cell = (row, text, className) => {
    const made = row.insertCell();
    made.textContent = text;
    if (className) made.className = className;
  };

  function show(told) {
    title.textContent = told.openCount === 0 ? 'Alerts' : `Alerts: ${told.openCount.toLocaleString('en')} open`;
    const resolved = told.recent.filter(alert => alert.state === 'RESOLVED').slice(0, 3);
    const rows = [...told.open.slice(0, SHOWN), ...resolved];
    summary.textContent = rows.length === 0 ? 'Nothing fires.' : told.openCount > SHOWN ? `The first ${SHOWN} of them, and what is over.` : '';
    list.replaceChildren();
    rows.forEach(alert => {
      const row = list.insertRow();
      cell(row, alert.state === 'FIRING' ? '● firing' : '○ over', alert.state === 'FIRING' ? 'bad' : 'good');
      cell(row, alert.rule);
      cell(row, alert.segment);
      cell(row, alert.detail);
      cell(row, alert.decided_at.slice(0, 16).replace('T', ' '));
    });
  }

  async function load() {
    due = null;
    const answer = await fetch('api/v1/alerts?limit=100', {headers: {Accept: 'application/json'}});
    if (answer.ok) show(await answer.json());
  }

  const soon = () => { due ??= setTimeout(() => load().catch(() => {}), 500); };
  const stream = new EventSource('api/v1/stream?kinds=alert');
  stream.onopen = soon;
  stream.addEventListener('alert', soon);
})();
