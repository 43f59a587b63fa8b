import nunjucks from 'nunjucks';
import type { Action, DesiredState, Listener, LoadBalancer } from '../emulator/desired-state.ts';
import { clientMap, clientNetworks } from './clients.ts';
import { forwardMaps } from './forward-maps.ts';
import { groupMap, type ServedGroup, servedGroups, upstreamsOf } from './group-maps.ts';
import { redirectUrl } from './redirect.ts';
import { type NginxMap, ruleMaps } from './rule-maps.ts';

const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(import.meta.dirname), {
  autoescape: false,
  throwOnUndefined: true,
});

/** The file in nginx's root file system with a line for each request, of which metrics are made. */
export const requestLogFile = '/var/log/nginx/requests.log';

/** The ports of this host: all of them, and those of the listeners by their ARNs. */
export interface ListenerPorts {
  all: readonly number[];
  of: ReadonlyMap<string, number>;
}

/** A listener of a balancer, with its port on this host and the prefix of its variables. */
interface Entry {
  key: string;
  hostPort: number;
  balancer: LoadBalancer;
  listener: Listener;
  /** The networks of the clients that the balancer's security groups let in. */
  networks: string[];
}

/** Renders nginx's configuration; `open` has where the requests of each target group go, by its ARN. */
export function balancerConfiguration(
  desired: DesiredState,
  open: ReadonlyMap<string, string[]>,
  ports: ListenerPorts,
): string {
  const groups = servedGroups(desired.targetGroups, open);
  const entries = entriesOf(desired, ports);
  const used = new Set(entries.map(({ hostPort }) => hostPort));
  return templates.render('nginx.conf.njk', {
    requestLog: requestLogFile,
    upstreams: groups.flatMap(upstreamsOf),
    maps: [...groups.map(groupMap), ...entries.flatMap((entry) => mapsOf(entry, groups))],
    servers: entries.map((entry) => server(entry, ports)),
    closedPorts: ports.all.filter((port) => !used.has(port)),
  });
}

function entriesOf(desired: DesiredState, ports: ListenerPorts): Entry[] {
  return desired.loadBalancers.flatMap((balancer) =>
    balancer.listeners.flatMap((listener) => {
      const hostPort = ports.of.get(listener.arn);
      const networks = clientNetworks(desired.securityGroups, balancer, listener);
      return hostPort === undefined ? [] : [{ key: `l${hostPort}`, hostPort, balancer, listener, networks }];
    }),
  );
}

function mapsOf({ key, listener: { rules }, networks }: Entry, groups: readonly ServedGroup[]): NginxMap[] {
  return [clientMap(key, networks), ...ruleMaps(key, rules), ...forwardMaps(key, rules, groups)];
}

function server(entry: Entry, ports: ListenerPorts) {
  const { key, hostPort, balancer, listener } = entry;
  return {
    key,
    hostPort,
    balancer: balancer.id,
    address: balancer.address,
    idleTimeoutSeconds: balancer.idleTimeoutSeconds,
    port: listener.port,
    tls: listener.protocol === 'HTTPS',
    answers: answersOf('fixed-response', entry).map(({ index, action }) => ({
      ...action,
      action: index,
      path: `/.rehearsal/${key}/${index}`,
      body: quote(action.body),
    })),
    redirects: answersOf('redirect', entry).map(({ index, action }) => ({
      statusCode: action.statusCode,
      action: index,
      url: redirectUrl(action, listener.port, hostPortsOf(balancer, ports)),
    })),
  };
}

function answersOf<Kind extends Action['kind']>(kind: Kind, { listener: { rules } }: Entry) {
  return rules.flatMap(({ action }, index) =>
    action.kind === kind ? [{ index, action: action as Action & { kind: Kind } }] : [],
  );
}

function hostPortsOf({ listeners }: LoadBalancer, { of }: ListenerPorts): (port: number) => number | undefined {
  return (port) => of.get(listeners.find((listener) => listener.port === port)?.arn ?? '');
}

// nginx has no escape for a dollar sign; the variable $dollar holds one.
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('$', '\x24{dollar}');
}
