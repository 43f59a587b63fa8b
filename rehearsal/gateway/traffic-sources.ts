import { type Amendments, CallError, type Rewrites } from './gateway.ts';
import { members } from './query.ts';

/** The calls about traffic sources, and those about target groups that the emulator has for them. */
const translations = {
  AttachTrafficSources: 'AttachLoadBalancerTargetGroups',
  DetachTrafficSources: 'DetachLoadBalancerTargetGroups',
  DescribeTrafficSources: 'DescribeLoadBalancerTargetGroups',
};

/** Translates the traffic sources of Auto Scaling groups to target groups. */
export const trafficSourceRewrites: Rewrites = {
  'autoscaling:CreateAutoScalingGroup': nameTargetGroups,
  ...Object.fromEntries(
    Object.entries(translations).map(([action, translated]) => [
      `autoscaling:${action}`,
      (parameters: URLSearchParams) => {
        parameters.set('Action', translated);
        nameTargetGroups(parameters);
      },
    ]),
  ),
};

/** Translates the emulator's answers back. */
export const trafficSourceAmendments: Amendments = {
  'autoscaling:DescribeAutoScalingGroups': async (answer) =>
    answer.replace(
      /<TargetGroupARNs>([\s\S]*?)<\/TargetGroupARNs>/g,
      (found, arns: string) => `${found}<TrafficSources>${arns.replaceAll(arnElement, source(''))}</TrafficSources>`,
    ),
  ...Object.fromEntries(
    Object.entries(translations).map(([action, translated]) => [
      `autoscaling:${action}`,
      async (answer: string) => describedSources(answer.replaceAll(translated, action)),
    ]),
  ),
};

const arnElement = /<member>([^<]*)<\/member>/g;

function source(state: string): string {
  return `<member><Identifier>$1</Identifier><Type>elbv2</Type>${state}</member>`;
}

function describedSources(answer: string): string {
  return answer
    .replace(/(<\/?)LoadBalancerTargetGroups\b/g, '$1TrafficSources')
    .replace(
      /<member>\s*<LoadBalancerTargetGroupARN>([^<]*)<\/LoadBalancerTargetGroupARN>\s*(<State>[^<]*<\/State>)\s*<\/member>/g,
      source('$2'),
    );
}

function nameTargetGroups(parameters: URLSearchParams): void {
  const given = members(parameters, 'TargetGroupARNs').length;
  for (let index = 1; ; index++) {
    const identifier = parameters.get(`TrafficSources.member.${index}.Identifier`);
    if (identifier === null) return;
    const type = parameters.get(`TrafficSources.member.${index}.Type`) ?? 'elbv2';
    if (type !== 'elbv2')
      throw new CallError('ValidationError', `The rehearsal has no traffic sources of the type ${type}`);
    parameters.set(`TargetGroupARNs.member.${given + index}`, identifier);
  }
}
