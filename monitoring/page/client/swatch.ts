import type { Look } from '../looks.ts';

const namespace = 'http://www.w3.org/2000/svg';

const shapes: Record<Look['symbol'], string> = {
  circle: 'M10.5 6a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z',
  triangle: 'M14 2l4 7h-8z',
  rect: 'M10.8 2.8h6.4v6.4h-6.4z',
  diamond: 'M14 1.6l4.2 4.4l-4.2 4.4l-4.2 -4.4z',
};

/** Draws a piece of a line with its dashes and its symbol. */
export function swatch({ colour, dash, symbol }: Look): SVGSVGElement {
  const drawing = svg('svg', { viewBox: '0 0 28 12', width: '28', height: '12', 'aria-hidden': 'true' });
  drawing.setAttribute('class', `swatch line-${colour + 1}`);
  drawing.append(
    svg('path', { d: 'M0 6H28', 'stroke-width': '2', 'stroke-dasharray': dash.join(' ') }),
    svg('path', { d: shapes[symbol], class: 'symbol' }),
  );
  return drawing as SVGSVGElement;
}

function svg(tag: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(namespace, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
