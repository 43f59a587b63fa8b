import { sha256 } from '../../common/checksum.ts';
import type { TargetGroup } from '../emulator/desired-state.ts';
import type { NginxMap } from './rule-maps.ts';

/** A target group, as the balancer sees it. */
export interface ServedGroup {
  group: TargetGroup;
  /** Its name in nginx's configuration. */
  name: string;
  /** Where its requests go: addresses with ports. */
  addresses: readonly string[];
}

export interface Upstream {
  name: string;
  leastConnections: boolean;
  addresses: readonly string[];
}

/** Returns the target groups with where their requests go, which is given by their ARNs. */
export function servedGroups(groups: readonly TargetGroup[], open: ReadonlyMap<string, string[]>): ServedGroup[] {
  return groups.map((group) => ({
    group,
    name: groupName(group.name),
    addresses: open.get(group.arn) ?? [],
  }));
}

/** Returns the name of a target group in nginx's configuration. */
export function groupName(targetGroup: string): string {
  return `group_${targetGroup.replaceAll('-', '_')}`;
}

/** Returns the upstreams of a target group: one of all targets, and one of each where a cookie leads to a target. */
export function upstreamsOf({ group, name, addresses }: ServedGroup): Upstream[] {
  if (addresses.length === 0) return [];
  const single = group.stickySeconds === undefined ? [] : addresses;
  return [
    { name, leastConnections: group.leastConnections, addresses },
    ...single.map((address) => ({
      name: targetName(name, address),
      leastConnections: false,
      addresses: [address],
    })),
  ];
}

/** Returns the map whose variable `$<name>_url` is where a request to a target group goes; empty if there is no target. */
export function groupMap({ group, name, addresses }: ServedGroup): NginxMap {
  const url = (upstream: string) => `${group.protocol.toLowerCase()}://${upstream}`;
  const sticky = group.stickySeconds === undefined ? [] : addresses;
  return {
    kind: 'map',
    source: '$cookie_AWSALB$cookie_AWSALBCORS',
    variable: `$${name}_url`,
    lines: [
      `default "${addresses.length > 0 ? url(name) : ''}"`,
      ...sticky.map((address) => `${inCookie(address)} ${url(targetName(name, address))}`),
    ],
  };
}

/** Returns the cookies that lead a client to a target again, by `group:address`. */
export function targetCookies({ group, name, addresses }: ServedGroup): string[] {
  const { stickySeconds } = group;
  if (stickySeconds === undefined) return [];
  return addresses.map((address) => `"${name}:${address}" "${cookie('AWSALB', address, stickySeconds)}"`);
}

/** Returns a cookie of a balancer that stands for `value`. */
export function cookie(name: 'AWSALB' | 'AWSALBTG', value: string, seconds: number): string {
  return `${name}=${token(value)}; Max-Age=${seconds}; Path=/`;
}

/** Returns the pattern of a request whose cookies, of which a client may send one or both, stand for `value`. */
export function inCookie(value: string): string {
  return `"~${token(value)}"`;
}

/** Returns what stands for a target or a target group in a cookie. */
function token(value: string): string {
  return sha256(value).slice(0, 32);
}

function targetName(group: string, address: string): string {
  return `${group}_${address.replace(/[.:]/g, '_')}`;
}
