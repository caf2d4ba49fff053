(() => {
  'use strict';
  const value = cell => cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
  const compare = (a, b) => typeof a === 'number' && typeof b === 'number' ? a - b
    : typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : a.localeCompare(b, undefined, { numeric: true });
  document.querySelectorAll('table.sortable').forEach(table => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending' || (head.classList.contains('number') && !head.hasAttribute('aria-sort'));
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const body = table.tBodies[0];
      [...body.rows]
        .sort((a, b) => (down ? -1 : 1) * compare(value(a.cells[column]), value(b.cells[column])))
        .forEach(row => body.append(row));
    }));
  });

  document.querySelectorAll('figure[data-readings]').forEach(figure => {
    const { down, area, at, text } = JSON.parse(figure.dataset.readings);
    const order = at.map((_, i) => i).sort((a, b) => at[a] - at[b]);
    const plot = figure.querySelector('.plot');
    const svg = plot.querySelector('svg');
    const words = figure.querySelector('.reading');
    const hint = words.textContent;
    const line = document.createElementNS(svg.namespaceURI, 'line');
    line.setAttribute('class', 'cross');
    line.style.visibility = 'hidden';
    svg.append(line);
    let place = -1;
    const show = next => {
      place = Math.max(0, Math.min(order.length - 1, next));
      const pixel = at[order[place]];
      const ends = down ? [area[0], pixel, area[2], pixel] : [pixel, area[1], pixel, area[3]];
      ['x1', 'y1', 'x2', 'y2'].forEach((name, i) => line.setAttribute(name, ends[i]));
      line.style.visibility = 'visible';
      words.textContent = text[order[place]];
    };
    const hide = () => {
      line.style.visibility = 'hidden';
      words.textContent = hint;
      place = -1;
    };
    plot.addEventListener('pointermove', event => {
      const box = svg.getBoundingClientRect();
      const scale = svg.viewBox.baseVal.width / box.width;
      const pixel = scale * (down ? event.clientY - box.top : event.clientX - box.left);
      let nearest = 0;
      order.forEach((index, i) => { if (Math.abs(at[index] - pixel) < Math.abs(at[order[nearest]] - pixel)) nearest = i; });
      show(nearest);
    });
    plot.addEventListener('pointerleave', hide);
    plot.addEventListener('blur', hide);
    plot.addEventListener('keydown', event => {
      const next = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: order.length - 1 }[event.key];
      if (next !== undefined) {
        event.preventDefault();
        show(next);
      } else if (event.key === 'Escape') {
        hide();
      }
    });
  });
})();
