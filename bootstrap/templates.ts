import { existsSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';

// The templates lie beside this file in the checkout, and beside the bundle in a release.
const folder = join(import.meta.dirname, 'templates');

/** Renders a template; an undefined variable is an error. */
export function renderTemplate(name: string, variables: object, templates = folder): string {
  if (!existsSync(join(templates, name))) throw new Error(`No template ${name} in ${templates}.`);
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(templates), {
    // The output is configuration, not HTML.
    autoescape: false,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return environment.render(name, variables);
}
