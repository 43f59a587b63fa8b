import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { execa } from 'execa';
import { ensurePythonProgram } from '../../rehearsal/install.ts';
import { answerOf, untilAnswers } from './answers.ts';
import { useOwnRehearsal } from './own-rehearsal.ts';
import { patienceSeconds } from './patience.ts';

const cli = { program: 'aws', name: 'awscli', version: '1.45.11' };

const rehearsal = useOwnRehearsal(test, 'cli');
let program = '';

test.before('the AWS CLI', async () => {
  program = await ensurePythonProgram(cli, () => undefined);
});

/** Runs a command of the AWS CLI, such as `ec2 create-vpc --cidr-block 10.0.0.0/16`; returns the text that it prints. */
async function aws(command: string, ...parameters: string[]): Promise<string> {
  const all = [...command.split(' '), ...parameters, '--output', 'text'];
  const { stdout } = await execa(program, all, { env: rehearsal().environment, stdin: 'ignore' });
  return stdout.trim();
}

/** Repeats a command until it prints this text. */
async function untilPrinted(text: string, command: string, ...parameters: string[]): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const printed = await aws(command, ...parameters);
    if (printed === text) return;
    if (Date.now() > deadline) throw new Error(`${command}: ${printed} instead of ${text}`);
    await delay(1000);
  }
}

const userData = (greeting: string) => `#!/bin/bash
apt-get update
apt-get install -y nginx-light
token=$(curl -sX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
instance=$(curl -sH "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id)
echo "${greeting} from $instance" > /var/www/html/index.html
echo "The page of $instance is ready"
`;

const templateData = (image: string, securityGroup: string, greeting: string) =>
  JSON.stringify({
    ImageId: image,
    InstanceType: 't3.micro',
    SecurityGroupIds: [securityGroup],
    UserData: Buffer.from(userData(greeting)).toString('base64'),
  });

/** The ids and ARNs of what the tests have made. */
const made: Record<string, string> = {};
const id = (name: string) => made[name] ?? '';
const group = ['--auto-scaling-group-name', 'shop'];

test.serial('a network is made', async (t) => {
  made.vpc = await aws('ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId');
  const inVpc = ['--vpc-id', id('vpc')];
  for (const zone of ['a', 'b'])
    made[zone] = await aws(
      `ec2 create-subnet --availability-zone eu-central-1${zone} --query Subnet.SubnetId`,
      ...inVpc,
      '--cidr-block',
      `10.0.${zone === 'a' ? 1 : 2}.0/24`,
    );
  made.gateway = await aws('ec2 create-internet-gateway --query InternetGateway.InternetGatewayId');
  await aws('ec2 attach-internet-gateway', ...inVpc, '--internet-gateway-id', id('gateway'));
  for (const name of ['balancer', 'machines'])
    made[name] = await aws('ec2 create-security-group --description shop --query GroupId --group-name', name, ...inVpc);
  const ingress = (name: string) => ['--group-id', id(name), '--protocol', 'tcp', '--port', '80'];
  await aws('ec2 authorize-security-group-ingress', ...ingress('balancer'), '--cidr', '0.0.0.0/0');
  await aws('ec2 authorize-security-group-ingress', ...ingress('machines'), '--source-group', id('balancer'));
  t.is(await aws('ec2 describe-vpcs --query Vpcs[0].CidrBlock --vpc-ids', id('vpc')), '10.0.0.0/16');
});

test.serial('a load balancer without targets answers 503', async (t) => {
  made.targets = await aws(
    'elbv2 create-target-group --name shop --protocol HTTP --port 80 --health-check-interval-seconds 5',
    ...['--health-check-timeout-seconds', '2', '--healthy-threshold-count', '2', '--unhealthy-threshold-count', '2'],
    ...['--vpc-id', id('vpc'), '--query', 'TargetGroups[0].TargetGroupArn'],
  );
  const attribute = 'Key=deregistration_delay.timeout_seconds,Value=2';
  await aws('elbv2 modify-target-group-attributes --attributes', attribute, '--target-group-arn', id('targets'));
  made.balancer_arn = await aws(
    'elbv2 create-load-balancer --name shop --query LoadBalancers[0].LoadBalancerArn --subnets',
    ...[id('a'), id('b'), '--security-groups', id('balancer')],
  );
  const action = `Type=forward,TargetGroupArn=${id('targets')}`;
  await aws(
    'elbv2 create-listener --protocol HTTP --port 80 --load-balancer-arn',
    ...[id('balancer_arn'), '--default-actions', action],
  );
  await untilAnswers(rehearsal().url, 1, '503');
  t.pass();
});

test.serial('a group boots without target groups, and serves when it is attached to one', async (t) => {
  made.image = await aws(
    'ec2 describe-images --owners 136693071363 --query Images[0].ImageId',
    '--filters',
    'Name=name,Values=debian-12-amd64-*',
  );
  const data = templateData(id('image'), id('machines'), 'Hello');
  await aws('ec2 create-launch-template --launch-template-name shop --launch-template-data', data);
  await aws(
    'autoscaling create-auto-scaling-group --min-size 1 --max-size 3 --desired-capacity 1',
    ...[...group, '--launch-template', 'LaunchTemplateName=shop,Version=$Default'],
    ...['--vpc-zone-identifier', `${id('a')},${id('b')}`],
  );
  const instance = await aws('autoscaling describe-auto-scaling-instances --query AutoScalingInstances[0].InstanceId');
  await aws('autoscaling attach-load-balancer-target-groups', ...group, '--target-group-arns', id('targets'));
  t.deepEqual(await untilAnswers(rehearsal().url, 1, 'Hello'), [`200 Hello from ${instance}`]);
  const output = await aws('ec2 get-console-output --latest --query Output --instance-id', instance);
  t.true(output.includes(`The page of ${instance} is ready`), output);
});

const sources = () => [...group, '--traffic-sources', `Identifier=${id('targets')},Type=elbv2`];

test.serial('a traffic source is detached', async (t) => {
  await aws('autoscaling detach-traffic-sources', ...sources());
  await untilAnswers(rehearsal().url, 1, '503');
  t.is(await aws('autoscaling describe-traffic-sources --query length(TrafficSources)', ...group), '0');
});

test.serial(
  'a machine that no security group opens to the balancer costs requests, until it is opened again',
  async (t) => {
    const rule = ['--group-id', id('machines'), '--protocol', 'tcp', '--port', '80', '--source-group', id('balancer')];
    const health = 'elbv2 describe-target-health --query TargetHealthDescriptions[0].TargetHealth.[State,Reason]';
    // While it is detached, because connections that exist outlive a rule, as on AWS.
    await aws('ec2 revoke-security-group-ingress', ...rule);
    await aws('autoscaling attach-traffic-sources', ...sources());
    await untilPrinted('unhealthy\tTarget.Timeout', health, '--target-group-arn', id('targets'));
    // As on AWS, a balancer whose targets are all unhealthy sends requests to all of them.
    t.regex(await answerOf(rehearsal().url), /^504 /);
    await aws('ec2 authorize-security-group-ingress', ...rule);
    await untilPrinted('healthy\tNone', health, '--target-group-arn', id('targets'));
    await untilAnswers(rehearsal().url, 1, 'Hello');
  },
);

test.serial('the desired capacity is set, and a machine that is terminated is replaced', async (t) => {
  await aws('autoscaling set-desired-capacity --desired-capacity 2', ...group);
  const before = await untilAnswers(rehearsal().url, 2, 'Hello');
  const [victim = ''] = before;
  await aws(
    'autoscaling terminate-instance-in-auto-scaling-group --no-should-decrement-desired-capacity --instance-id',
    victim.split(' ').at(-1) ?? '',
  );
  await untilAnswers(rehearsal().url, 1, 'Hello');
  const after = await untilAnswers(rehearsal().url, 2, 'Hello');
  t.is(after.filter((answer) => before.includes(answer)).length, 1);
});

test.serial('an instance refresh boots the new default version of the launch template', async (t) => {
  const template = ['--launch-template-name', 'shop'];
  const data = templateData(id('image'), id('machines'), 'Welcome');
  await aws('ec2 create-launch-template-version', ...template, '--launch-template-data', data);
  await aws('ec2 modify-launch-template --default-version 2', ...template);
  await aws('autoscaling start-instance-refresh', ...group);
  const status = 'autoscaling describe-instance-refreshes --query InstanceRefreshes[0].Status';
  await untilPrinted('Successful', status, ...group);
  t.is((await untilAnswers(rehearsal().url, 2, 'Welcome')).length, 2);
});

test.serial('everything is deleted', async (t) => {
  await aws('autoscaling delete-auto-scaling-group --force-delete', ...group);
  await aws('elbv2 delete-load-balancer --load-balancer-arn', id('balancer_arn'));
  await aws('elbv2 delete-target-group --target-group-arn', id('targets'));
  await aws('ec2 delete-launch-template --launch-template-name shop');
  const running = 'ec2 describe-instances --query Reservations[].Instances[].InstanceId';
  await untilPrinted('', running, '--filters', 'Name=instance-state-name,Values=pending,running,shutting-down');
  for (const name of ['machines', 'balancer']) await aws('ec2 delete-security-group --group-id', id(name));
  for (const name of ['a', 'b']) await aws('ec2 delete-subnet --subnet-id', id(name));
  await aws('ec2 detach-internet-gateway', '--vpc-id', id('vpc'), '--internet-gateway-id', id('gateway'));
  await aws('ec2 delete-internet-gateway --internet-gateway-id', id('gateway'));
  await aws('ec2 delete-vpc --vpc-id', id('vpc'));
  t.is(await aws('ec2 describe-vpcs --filters Name=is-default,Values=false --query length(Vpcs)'), '0');
  t.is(await answerOf(rehearsal().url), 'closed');
});
