import test from 'ava';
import { revisionName } from '../../deployments/revision.ts';
import type { IntentStackProps } from '../../stacks/intent-stack.ts';
import { rehearsal, revisionIn, synthesized } from './synthesized.ts';

const sha256 = '5e'.repeat(32);

/** A stage whose machines ask another release, too. */
function withShadow(props: IntentStackProps): IntentStackProps {
  const other = { ...revisionIn(props), release: sha256 };
  const name = revisionName(other);
  const { deployment } = props;
  return {
    ...props,
    deployment: { ...deployment, revisions: { ...deployment.revisions, [name]: other }, shadow: name },
  };
}

test('machines are told of a shadow by a parameter, after its archive is there', (t) => {
  const { resource, output } = synthesized(withShadow(rehearsal()));
  const [[name, parameter] = []] = Object.entries(resource.aws_ssm_parameter ?? {});
  const { insecure_value: value, depends_on: after, ...rest } = parameter ?? {};
  t.like(rest, { name: '/intent-fleet-rehearsal/shadow', type: 'String' });
  t.like(JSON.parse(String(value)), { release: sha256.slice(0, 16), sha256 });
  t.regex(
    JSON.parse(String(value)).url,
    /^http.*\/intent-fleet-rehearsal-releases-\d+\/releases\/5e5e5e5e5e5e5e5e\.tar\.gz$/,
  );
  t.true((after as string[]).some((address) => address.includes('release-5e5e5e5e5e5e5e5e')));
  // The state has the shadow once the parameter is there.
  t.true(String(output.deployment?.value).includes(`aws_ssm_parameter.${name}.id`));
});

test('without a shadow there is no such parameter', (t) => {
  t.is(synthesized(rehearsal()).resource.aws_ssm_parameter, undefined);
});
