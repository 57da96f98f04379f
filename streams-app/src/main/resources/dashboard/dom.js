/* What comes from events is only ever put in as text. */

export const $ = id => document.getElementById(id);

export function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A text that changes only where it differs, so that nobody is told the same thing twice. */
export function say(id, text) {
  const where = $(id);
  if (where.textContent !== text) where.textContent = text;
}

/**
 * Fills a table. A column is a title; one of numbers begins with #. A cell is a text or a node. `none` says why there is no row.
 */
export function table(id, columns, rows, none) {
  const head = element('tr');
  for (const column of columns) {
    const cell = column instanceof Node ? column : element('th', column.replace('#', ''), column.startsWith('#') ? 'number' : '');
    cell.setAttribute('scope', 'col');
    head.append(cell);
  }
  /* A narrow screen shows each row as a card, and then every cell says its column itself. */
  const titles = [...head.children].map(cell => cell.textContent);
  const numeric = columns.map(column => column instanceof Node ? column.classList.contains('number') : column.startsWith('#'));
  const thead = element('thead');
  thead.append(head);
  const body = element('tbody');
  for (const row of rows) {
    const line = element('tr');
    row.forEach((content, i) => {
      const cell = content instanceof Node ? content : element('td', content, numeric[i] ? 'number' : '');
      cell.dataset.title = titles[i];
      line.append(cell);
    });
    body.append(line);
  }
  if (rows.length === 0) {
    const line = element('tr');
    const empty = element('td', none, 'note');
    empty.colSpan = columns.length;
    line.append(empty);
    body.append(line);
  }
  $(id).replaceChildren(thead, body);
  /* What is no table to the eye stays one to a screen reader. */
  const roles = {table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', th: 'columnheader', td: 'cell'};
  for (const part of [$(id), ...$(id).querySelectorAll('*')]) {
    const role = roles[part.localName];
    if (role) part.setAttribute('role', role);
  }
}

/** A figure with its name and a note. */
export function tile(name, value, note, title) {
  const card = element('div', null, 'tile');
  card.append(element('div', name, 'name'), element('div', value, 'value'), element('div', note ?? '', 'note'));
  if (title) card.title = title;
  return card;
}

export function customerLink(id) {
  const cell = element('td');
  const link = element('a', id);
  link.href = '#customer=' + encodeURIComponent(id);
  cell.append(link);
  return cell;
}
