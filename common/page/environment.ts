import nunjucks from 'nunjucks';
import { formatPercent } from '../percent.ts';

/** Returns what renders the templates in a folder as self-contained pages: they escape their values and share one style. */
export function pageEnvironment(folder: string): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([folder, import.meta.dirname]);
  return new nunjucks.Environment(loader, { autoescape: true }).addFilter('percent', formatPercent);
}
