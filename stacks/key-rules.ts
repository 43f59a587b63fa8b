import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';
import type { Construct } from 'constructs';
import { keyHeader } from '../common/api-keys/header.ts';
import { keyPrefix } from '../common/api-keys/key.ts';
import { firstShares } from '../common/api-keys/share.ts';
import type { Deployment, Track } from '../deployments/deployment.ts';

export interface KeyRulesProps {
  listenerArn: string;
  /** The ARNs of the target groups. */
  targetGroups: Record<Track, string>;
  /** Divides the requests among the tracks. */
  traffic: Pick<Deployment, 'live' | 'tracks' | 'weights'>;
}

/** Behind those by which a request chooses its track. */
const firstPriority = 1010;

/** AWS compares a header with three values at most in a condition. */
const mostValues = 3;

/**
 * Keeps the holders of API keys at one track, who mostly send no cookies: the new one gets its share of them by the hash of the key's
 * name, which the key says, the other one the rest. The revision that is new salts the order, so that it is not always the same ones.
 */
export function createKeyRules(scope: Construct, props: KeyRulesProps): LbListenerRule[] {
  const { live, tracks, weights } = props.traffic;
  const track: Track = live === 'blue' ? 'green' : 'blue';
  const ofNew = firstShares(weights[track], tracks[track].revision ?? '');
  const conditions = Array.from({ length: Math.ceil(ofNew.length / mostValues) }, (_, index) =>
    ofNew.slice(index * mostValues, (index + 1) * mostValues),
  );
  return [...conditions.map((shares) => ({ track, shares })), { track: live, shares: [''] }].map((rule, index) =>
    createRule(scope, index, rule, props),
  );
}

interface KeyRule {
  track: Track;
  /** What the shares of the keys begin with. */
  shares: string[];
}

function createRule(
  scope: Construct,
  index: number,
  { track, shares }: KeyRule,
  { listenerArn, targetGroups }: KeyRulesProps,
): LbListenerRule {
  const values = shares.map((share) => keyHeader(`${keyPrefix}${share}*`).authorization ?? '');
  return new LbListenerRule(scope, `keys-rule-${index}`, {
    listenerArn,
    priority: firstPriority + index,
    condition: [{ httpHeader: { httpHeaderName: 'Authorization', values } }],
    action: [{ type: 'forward', targetGroupArn: targetGroups[track] }],
  });
}
