import { type ApiKeyScope, apiKeyScopes } from '../../common/api-keys/scopes.ts';
import { UserError } from '../../common/errors.ts';
import type { NewApiKey } from '../../deployments/api-keys.ts';

// Names that begin with `_` are those of machines and commands.
const names = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Reads what a new key is to be from the variables NAME and SCOPES. */
export function newKeyOptions({ NAME: name = '', SCOPES: scopes }: NodeJS.ProcessEnv): NewApiKey {
  if (names.test(name)) return { name, scopes: scopesOf(scopes || 'predict') };
  throw new UserError(
    `NAME=${name}: expected a name of at most 40 lower-case letters, digits and hyphens, as in: make api-key NAME=web-shop`,
  );
}

function scopesOf(text: string): ApiKeyScope[] {
  const given = text.split(',').map((scope) => scope.trim());
  const scopes = apiKeyScopes.filter((scope) => given.includes(scope));
  if (scopes.length > 0 && given.every((scope) => (apiKeyScopes as readonly string[]).includes(scope))) return scopes;
  throw new UserError(`SCOPES=${text}: expected ${apiKeyScopes.join(' or ')}, or both, separated by a comma`);
}
