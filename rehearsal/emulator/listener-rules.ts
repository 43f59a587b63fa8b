import type {
  Action as AwsAction,
  RuleCondition as AwsCondition,
  QueryStringKeyValuePair,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Action, Condition } from './desired-state.ts';

/** Translates a condition of a listener rule. */
export function conditionOf(found: AwsCondition): Condition {
  const { Values: values = [], HttpHeaderConfig: header, QueryStringConfig: query } = found;
  switch (found.Field) {
    case 'path-pattern':
      return { kind: 'path', values: found.PathPatternConfig?.Values ?? values };
    case 'host-header':
      return { kind: 'host', values: found.HostHeaderConfig?.Values ?? values };
    case 'http-request-method':
      return { kind: 'method', values: found.HttpRequestMethodConfig?.Values ?? values };
    case 'source-ip':
      return { kind: 'source', values: found.SourceIpConfig?.Values ?? values };
    case 'http-header':
      return { kind: 'header', name: header?.HttpHeaderName ?? '', values: header?.Values ?? [] };
    case 'query-string':
      return { kind: 'query', values: (query?.Values ?? []).map(pair) };
    default:
      throw new Error(`The rehearsal's balancer has no condition ${found.Field}`);
  }
}

function pair({ Key, Value = '' }: QueryStringKeyValuePair) {
  return { key: Key || undefined, value: Value };
}

/** Translates the actions of a rule, of which the last one answers. */
export function actionOf(actions: readonly AwsAction[] = []): Action {
  const found = actions.at(-1);
  if (found?.Type === 'redirect') return redirect(found);
  if (found?.Type === 'fixed-response') return fixedResponse(found);
  if (found?.Type === 'forward') return forward(found);
  throw new Error(`The rehearsal's balancer has no action ${found?.Type}`);
}

function redirect({ RedirectConfig: to }: AwsAction): Action {
  return {
    kind: 'redirect',
    statusCode: to?.StatusCode === 'HTTP_302' ? 302 : 301,
    protocol: to?.Protocol ?? '#{protocol}',
    port: to?.Port ?? '#{port}',
    host: to?.Host ?? '#{host}',
    path: to?.Path ?? '/#{path}',
    query: to?.Query ?? '#{query}',
  };
}

function fixedResponse({ FixedResponseConfig: answer }: AwsAction): Action {
  return {
    kind: 'fixed-response',
    statusCode: Number(answer?.StatusCode ?? 200),
    contentType: answer?.ContentType ?? 'text/plain',
    body: answer?.MessageBody ?? '',
  };
}

function forward({ ForwardConfig, TargetGroupArn = '' }: AwsAction): Action {
  const { TargetGroups = [], TargetGroupStickinessConfig: sticky } = ForwardConfig ?? {};
  const weighted = TargetGroups.length > 0 ? TargetGroups : [{ TargetGroupArn, Weight: 1 }];
  return {
    kind: 'forward',
    targets: weighted.map((target) => ({ targetGroup: target.TargetGroupArn ?? '', weight: target.Weight ?? 1 })),
    stickySeconds: sticky?.Enabled ? (sticky.DurationSeconds ?? 1) : undefined,
  };
}
