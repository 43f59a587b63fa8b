import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Construct } from 'constructs';
import { releaseIdOf } from '../common/release-id.ts';
import type { Revision } from '../deployments/revision.ts';
import { createLaunchTemplate, type LaunchTemplateProps } from './launch-template.ts';
import { releaseTag } from './machines.ts';

/** What the machines of all revisions have in common. */
export type RevisionTemplatesProps = Pick<
  LaunchTemplateProps,
  'name' | 'securityGroupId' | 'instanceProfileArn' | 'tags'
>;

/** Returns the launch template of each kept revision. Once made they stay as they are, also under a later version of this project. */
export function createRevisionTemplates(
  scope: Construct,
  revisions: Readonly<Record<string, Revision>>,
  props: RevisionTemplatesProps,
): Map<string, LaunchTemplate> {
  return new Map(
    Object.entries(revisions).map(([name, revision]) => [
      name,
      createTemplate(new Construct(scope, name), name, revision, props),
    ]),
  );
}

function createTemplate(
  scope: Construct,
  name: string,
  { release, image: id, rootDevice, instanceType, diskGigabytes, userData }: Revision,
  props: RevisionTemplatesProps,
): LaunchTemplate {
  return createLaunchTemplate(scope, {
    ...{ ...props, revision: name, image: { id, rootDevice }, instanceType, diskGigabytes, userData },
    tags: { ...props.tags, [releaseTag]: releaseIdOf(release) },
    ignoreChanges: 'all',
  });
}
