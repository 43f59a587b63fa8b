import type { LaunchTemplate } from '../emulator/desired-state.ts';
import type { Amendments } from './gateway.ts';

/** Returns what each instance was launched from, by its id. */
export type LaunchTemplatesOf = (instances: string[]) => Promise<ReadonlyMap<string, LaunchTemplate>>;

/** Amends the calls that describe members of Auto Scaling groups: to each, what it was launched from. */
export function launchTemplateAmendments(templatesOf: LaunchTemplatesOf): Amendments {
  const amend = async (xml: string) => {
    const instances = instancesIn(xml);
    return instances.length > 0 ? withLaunchTemplates(xml, await templatesOf(instances)) : xml;
  };
  return { 'autoscaling:DescribeAutoScalingGroups': amend, 'autoscaling:DescribeAutoScalingInstances': amend };
}

// The description of an instance has no list in it.
const innermost = /<member>(?:(?!<member>)[\s\S])*?<\/member>/g;
const instanceId = /<InstanceId>(i-[0-9a-f]+)<\/InstanceId>/;
const launchTemplate = /<LaunchTemplate>[\s\S]*?<\/LaunchTemplate>/;

function instancesIn(xml: string): string[] {
  return (xml.match(innermost) ?? []).flatMap((description) => instanceId.exec(description)?.[1] ?? []);
}

function withLaunchTemplates(xml: string, templates: ReadonlyMap<string, LaunchTemplate>): string {
  return xml.replace(innermost, (description) => {
    const template = templates.get(instanceId.exec(description)?.[1] ?? '');
    return template ? description.replace(launchTemplate, () => launchTemplateXml(template)) : description;
  });
}

function launchTemplateXml({ id, version }: LaunchTemplate): string {
  return `<LaunchTemplate><LaunchTemplateId>${id}</LaunchTemplateId><Version>${version}</Version></LaunchTemplate>`;
}
