import nunjucks from 'nunjucks';
import type { Action, DesiredState, Listener, TargetGroup } from '../emulator/desired-state.ts';
import type { Ports } from '../place.ts';

const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(import.meta.dirname), {
  autoescape: false,
  throwOnUndefined: true,
});

/** Renders nginx's configuration; `healthy` has the addresses of each target group's healthy targets, by its ARN. */
export function balancerConfiguration(desired: DesiredState, healthy: Map<string, string[]>, ports: Ports): string {
  const upstreams = desired.targetGroups
    .map((group) => upstream(group, healthy.get(group.arn) ?? []))
    .filter(({ addresses }) => addresses.length > 0);
  const served = new Map(upstreams.map(({ arn, name, scheme }) => [arn, { name, scheme }]));
  const servers = [
    server(443, ports.https, desired.listeners, served, ports),
    server(80, ports.http, desired.listeners, served, ports),
  ];
  return templates.render('nginx.conf.njk', { upstreams, servers });
}

interface Upstream {
  name: string;
  scheme: string;
}

function upstream(group: TargetGroup, addresses: readonly string[]) {
  return {
    arn: group.arn,
    name: `group_${group.name.replaceAll('-', '_')}`,
    scheme: group.protocol.toLowerCase(),
    leastConnections: group.leastConnections,
    addresses: [...addresses].sort().map((address) => `${address}:${group.port}`),
  };
}

function server(port: number, hostPort: number, listeners: Listener[], served: Map<string, Upstream>, ports: Ports) {
  const listener = listeners.find((found) => found.port === port);
  const common = { port, hostPort, tls: port === 443, idleTimeoutSeconds: listener?.idleTimeoutSeconds ?? 60 };
  return { ...common, split: undefined, ...(listener ? respond(listener, served, ports) : { answer: 'return 444;' }) };
}

function respond({ port, action }: Listener, served: Map<string, Upstream>, ports: Ports) {
  if (action.kind === 'forward') return forward(port, action, served);
  if (action.kind === 'redirect') return { answer: redirect(action, port, ports) };
  const { contentType, statusCode, body } = action;
  return { answer: `default_type ${contentType}; return ${statusCode} ${quote(body)};` };
}

function forward(port: number, { targets }: Action & { kind: 'forward' }, served: Map<string, Upstream>) {
  const open = targets.flatMap(({ targetGroup, weight }) => {
    const group = served.get(targetGroup);
    return group && weight > 0 ? [{ ...group, weight }] : [];
  });
  const [first, ...others] = open;
  if (!first) return { answer: 'return 503;' };
  if (others.length === 0) return { answer: undefined, scheme: first.scheme, upstream: first.name };
  return { answer: undefined, scheme: first.scheme, upstream: `$forward_${port}`, split: shares(open) };
}

// split_clients wants percentages; the last group has the rest.
function shares(open: (Upstream & { weight: number })[]) {
  const total = open.reduce((sum, { weight }) => sum + weight, 0);
  return open.map(({ name, weight }, index) => ({
    percent: index === open.length - 1 ? '*' : `${((100 * weight) / total).toFixed(2)}%`,
    upstream: name,
  }));
}

const variables: Record<string, string> = {
  '#{protocol}': '$scheme',
  '#{host}': '$host',
  '#{path}': '$uri',
  '#{query}': '$args',
};

function redirect(to: Action & { kind: 'redirect' }, port: number, ports: Ports): string {
  const toPort = to.port === '#{port}' ? String(port) : to.port;
  const hostPort = { '443': ports.https, '80': ports.http }[toPort] ?? toPort;
  const path =
    to.path === '/#{path}' && to.query === '#{query}'
      ? '$request_uri'
      : `${substitute(to.path)}?${substitute(to.query)}`;
  return `return ${to.statusCode} ${substitute(to.protocol).toLowerCase()}://${substitute(to.host)}:${hostPort}${path};`;
}

function substitute(text: string): string {
  return text.replaceAll('/#{path}', '$uri').replace(/#\{\w+\}/g, (found) => variables[found] ?? found);
}

// nginx has no escape for a dollar sign; the variable $dollar holds one.
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('$', '\x24{dollar}');
}
