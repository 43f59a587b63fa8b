import { type Range, ranges } from '../ranges.ts';
import { byId, element } from './element.ts';

/** Shows the ranges as links, so that each is an address to keep or to send. */
export function showRanges(current: Range): void {
  byId('ranges').replaceChildren(
    ...ranges.map(({ name, label }) =>
      element('a', {
        text: label,
        attributes: { href: `#range=${name}`, ...(name === current.name && { 'aria-current': 'true' }) },
      }),
    ),
  );
}
