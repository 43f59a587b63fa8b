import type { Action, Rule } from '../emulator/desired-state.ts';
import { cookie, inCookie, type ServedGroup, targetCookies } from './group-maps.ts';
import type { NginxMap } from './rule-maps.ts';

type Forward = Action & { kind: 'forward' };

interface Choice {
  name: string;
  weight: number;
}

/**
 * Returns the maps that lead from the rule that applies, `$<key>_action`, to the target group, `$<key>_choice`, to the URL,
 * `$<key>_url`, and to the cookies of the answer.
 */
export function forwardMaps(key: string, rules: readonly Rule[], groups: readonly ServedGroup[]): NginxMap[] {
  const forwards = rules.flatMap(({ action }, index) =>
    action.kind === 'forward' ? [{ index, action, choices: choicesOf(action, groups) }] : [],
  );
  const map = (source: string, variable: string, lines: string[]) => ({
    kind: 'map' as const,
    source,
    variable,
    lines,
  });
  return [
    ...forwards.flatMap(({ index, action, choices }) => choiceMaps(`${key}_${index}`, action, choices)),
    map(`$${key}_action`, `$${key}_choice`, [
      'default ""',
      ...forwards.map(({ index, choices }) => `${index} ${onlyName(choices) ?? `$${key}_${index}_choice`}`),
    ]),
    map(`$${key}_choice`, `$${key}_url`, ['default ""', ...groups.map(({ name }) => `${name} $${name}_url`)]),
    map(`"\${${key}_action}:\${${key}_choice}"`, `$${key}_group_cookie`, [
      'default ""',
      ...forwards.flatMap(({ index, action, choices }) => groupCookies(index, action, choices)),
    ]),
    map(`"\${${key}_choice}:$upstream_addr"`, `$${key}_target_cookie`, [
      'default ""',
      ...groups.flatMap(targetCookies),
    ]),
  ];
}

// A group without targets keeps its share, which is answered by 503.
function choicesOf({ targets }: Forward, groups: readonly ServedGroup[]): Choice[] {
  const names = new Map(groups.map(({ group, name }) => [group.arn, name]));
  return targets.flatMap(({ targetGroup, weight }) => {
    const name = names.get(targetGroup);
    return name && weight > 0 ? [{ name, weight }] : [];
  });
}

function onlyName(choices: readonly Choice[]): string | undefined {
  if (choices.length > 1) return undefined;
  return choices[0]?.name ?? '""';
}

function choiceMaps(key: string, { stickySeconds }: Forward, choices: readonly Choice[]): NginxMap[] {
  if (choices.length < 2) return [];
  const split: NginxMap = {
    kind: 'split_clients',
    source: '$request_id',
    variable: `$${key}_split`,
    lines: shares(choices),
  };
  const known = stickySeconds === undefined ? [] : choices.map(({ name }) => `${inCookie(name)} ${name}`);
  const choice = {
    source: '$cookie_AWSALBTG$cookie_AWSALBTGCORS',
    variable: `$${key}_choice`,
    lines: [`default $${key}_split`, ...known],
  };
  return [split, { kind: 'map', ...choice }];
}

// split_clients wants percentages; the last group has the rest.
function shares(choices: readonly Choice[]): string[] {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.map(({ name, weight }, index) => {
    const share = index === choices.length - 1 ? '*' : `${((100 * weight) / total).toFixed(2)}%`;
    return `${share} ${name}`;
  });
}

function groupCookies(index: number, { stickySeconds }: Forward, choices: readonly Choice[]): string[] {
  if (stickySeconds === undefined) return [];
  return choices.map(({ name }) => `"${index}:${name}" "${cookie('AWSALBTG', name, stickySeconds)}"`);
}
