import type { Action } from '../emulator/desired-state.ts';

const variables: Record<string, string> = {
  '#{protocol}': '$scheme',
  '#{host}': '$host',
  '#{query}': '$args',
};

/** Returns the URL of a redirect from a listener on `port`; `hostPort` translates the balancer's ports to this host's. */
export function redirectUrl(
  to: Action & { kind: 'redirect' },
  port: number,
  hostPort: (port: number) => number | undefined,
): string {
  const toPort = to.port === '#{port}' ? port : Number(to.port);
  const isSame = to.path === '/#{path}' && to.query === '#{query}';
  const path = isSame ? '$request_uri' : `${substitute(to.path)}${to.query && `?${substitute(to.query)}`}`;
  return `${substitute(to.protocol).toLowerCase()}://${substitute(to.host)}:${hostPort(toPort) ?? toPort}${path}`;
}

function substitute(text: string): string {
  return text.replaceAll('/#{path}', '$request_path').replace(/#\{\w+\}/g, (found) => variables[found] ?? found);
}
