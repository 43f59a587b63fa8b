import test from 'ava';
import { launchTemplateAmendments } from '../../../rehearsal/gateway/launched-from.ts';

const template = (id: string, version: string) =>
  `<LaunchTemplate><LaunchTemplateId>${id}</LaunchTemplateId><Version>${version}</Version></LaunchTemplate>`;

const instance = (id: string, launchTemplate: string) =>
  `<member><InstanceId>${id}</InstanceId>\n${launchTemplate}<HealthStatus>Healthy</HealthStatus></member>`;

/** The description of a group, whose current template is lt-2, with its instances. */
const group = (...instances: string[]) =>
  `<member><AutoScalingGroupName>fleet</AutoScalingGroupName>${template('lt-2', '1')}` +
  `<Instances>${instances.join('\n')}</Instances><Tags><member><Key>Name</Key></member></Tags></member>`;

const launchedFrom = new Map([
  ['i-1', { id: 'lt-1', version: '1' }],
  ['i-2', { id: 'lt-2', version: '1' }],
]);

const none = new URLSearchParams();

test('each instance was launched from its own template, whatever the current one of its group is', async (t) => {
  const asked: string[][] = [];
  const amendments = launchTemplateAmendments(async (ids) => {
    asked.push(ids);
    return launchedFrom;
  });
  const ids = ['i-1', 'i-2', 'i-3'];
  const answer = group(...ids.map((id) => instance(id, template('lt-2', '1'))));
  const amended = await amendments['autoscaling:DescribeAutoScalingGroups']?.(answer, none);
  const templates = [template('lt-1', '1'), template('lt-2', '1'), template('lt-2', '1')];
  t.is(amended, group(...ids.map((id, index) => instance(id, templates[index] ?? ''))));
  t.deepEqual(asked, [ids]);
  const single = await amendments['autoscaling:DescribeAutoScalingInstances']?.(
    instance('i-1', template('lt-2', '1')),
    none,
  );
  t.is(single, instance('i-1', template('lt-1', '1')));
});

test('a group without instances is not asked about', async (t) => {
  const amendments = launchTemplateAmendments(() => Promise.reject(new Error('not to be asked')));
  t.is(await amendments['autoscaling:DescribeAutoScalingGroups']?.(group(), none), group());
});
