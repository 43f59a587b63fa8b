import type { Theme } from '../chart-option.ts';
import { colourCount } from '../looks.ts';

/** Reads the colours of the scheme that is on, light or dark, from the style sheet: a canvas knows no CSS variables. */
export function currentTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour('ink'),
    faint: colour('faint'),
    grid: colour('grid'),
    paper: colour('raised'),
    lines: Array.from({ length: colourCount }, (_, index) => colour(`line-${index + 1}`)),
  };
}

/** Calls back when the scheme changes. */
export function onThemeChange(change: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', change);
}
