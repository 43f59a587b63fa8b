import { existsSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';

/** Beside this file in the checkout as well as in a release, where the bundle lies beside its templates. */
const folder = join(import.meta.dirname, 'templates');

/** Renders a template; a variable that it names and nobody gave is an error, never an empty string. */
export function renderTemplate(name: string, variables: object, templates = folder): string {
  if (!existsSync(join(templates, name))) throw new Error(`No template ${name} in ${templates}.`);
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(templates), {
    autoescape: false, // what is rendered is configuration, not HTML
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return environment.render(name, variables);
}
