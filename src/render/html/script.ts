/** Runs in the browser; its text is its hash in the policy. All it makes is text and copies of nodes. */
export const SCRIPT = String.raw`
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const said = byId('said');

  // Copying: a button for each line to be pasted.
  const BUTTON = 'Copy';
  for (const box of document.querySelectorAll('.cmd')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = BUTTON;
    button.setAttribute('aria-label', 'Copy: ' + box.textContent.trim().slice(0, 60));
    box.append(button);
  }

  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copied = async (node) => {
    try {
      await navigator.clipboard.writeText(node.textContent);
      return true;
    } catch {
      select(node);
      try {
        return document.execCommand('copy');
      } catch {
        return false;
      }
    }
  };

  const copy = async (button) => {
    const done = await copied(button.parentElement.querySelector('code'));
    button.textContent = done ? 'Copied' : 'Selected';
    // Inside an open dialog nothing else is read aloud.
    const place = button.closest('dialog') ? byId('panel-said') : said;
    place.textContent = done ? 'Copied.' : 'Selected: press Ctrl+C or Command+C.';
    setTimeout(() => {
      button.textContent = BUTTON;
      place.textContent = '';
    }, 2500);
  };

  // The panel: what a cell leads to, with its findings in full.
  const panel = byId('panel');
  const title = byId('panel-title');
  const body = byId('panel-body');
  let opener = null;

  const copyOf = (node) => {
    const copy = node.cloneNode(true);
    for (const each of [copy, ...copy.querySelectorAll('[id], [aria-labelledby]')]) {
      each.removeAttribute('id');
      each.removeAttribute('aria-labelledby');
    }
    return copy;
  };

  const show = (link) => {
    const about = byId(link.hash.slice(1));
    const facts = copyOf(about.querySelector('dl'));
    const ids = about.dataset.findings.split(' ').filter((id) => id !== '');
    // Told in full below.
    if (ids.length > 0) facts.lastElementChild.remove();
    title.textContent = about.parentElement.querySelector('summary span').textContent;
    body.replaceChildren(facts, ...ids.map((id) => byId(id)).filter((node) => node).map(copyOf));
    if (!panel.open) {
      opener = link;
      panel.showModal();
    }
    panel.scrollTop = 0;
    title.focus();
  };

  panel.addEventListener('close', () => {
    body.replaceChildren();
    if (opener) opener.focus();
    opener = null;
  });
  byId('panel-close').addEventListener('click', () => panel.close());

  const CELL = 'a[href^="#cell-"]';
  document.addEventListener('click', (event) => {
    if (event.target === panel) return panel.close();
    const button = event.target.closest('.copy');
    if (button) return copy(button);
    const link = event.target.closest(CELL);
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link);
  });

  // The matrix: arrows go from cell to cell, over what is filtered out.
  const table = byId('matrix');
  for (const link of document.querySelectorAll(CELL)) {
    link.setAttribute('role', 'button');
    link.setAttribute('aria-haspopup', 'dialog');
  }
  document.addEventListener('keydown', (event) => {
    const link = event.target.closest ? event.target.closest(CELL) : null;
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ') {
      event.preventDefault();
      show(link);
      return;
    }
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const cell = link.closest('td');
    if (!by || !cell) return;
    event.preventDefault();
    const rows = table.tBodies[0].rows;
    let row = cell.parentElement.sectionRowIndex + by[0];
    let column = cell.cellIndex + by[1];
    for (; rows[row] && rows[row].cells[column] && column > 0; row += by[0], column += by[1]) {
      const next = rows[row].cells[column];
      const target = rows[row].hidden || next.hidden ? null : next.querySelector('a');
      if (!target) continue;
      target.focus();
      return;
    }
  });

  // The filter.
  const form = byId('filter');
  if (!form || !table) return;
  const model = byId('filter-model');
  const verdict = byId('filter-verdict');
  const route = byId('filter-route');
  const result = byId('filter-result');
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row,
    name: row.dataset.model.toLowerCase(),
    state: row.dataset.state,
    cells: [...row.cells].slice(1),
  }));
  const heads = [...table.tHead.rows[0].cells].slice(1);

  const filter = () => {
    const words = model.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const at = verdict.value.indexOf(' ');
    const kind = verdict.value.slice(0, Math.max(0, at));
    const wanted = verdict.value.slice(at + 1);
    const only = route.value === '' ? null : Number(route.value);
    heads.forEach((head, i) => {
      head.hidden = only !== null && i !== only;
    });
    let shown = 0;
    for (const { row, name, state, cells } of rows) {
      const own = only === null ? cells : [cells[only]];
      // A provider that was never asked for a model has nothing to show.
      const asked = only === null || own.some((cell) => (cell.dataset.outcome || 'skipped') !== 'skipped');
      const fits =
        kind === '' ? asked : kind === 'state' ? asked && state === wanted : own.some((cell) => cell.dataset[kind] === wanted);
      row.hidden = !fits || !words.every((word) => name.includes(word));
      if (row.hidden) continue;
      shown += 1;
      cells.forEach((cell, i) => {
        cell.hidden = only !== null && i !== only;
      });
    }
    const all = rows.length + (rows.length === 1 ? ' model' : ' models');
    result.textContent = shown === rows.length ? all : shown + ' of ' + all + (shown === 0 ? ': clear the filter to see them' : '');
  };

  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  filter();
})();
`;
