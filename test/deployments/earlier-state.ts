/** The resources of a version without tracks that become the blue one, by address. */
export const deployedEarlier: Record<string, object> = {
  'aws_vpc.network_vpc_11111111': { id: 'vpc-1' },
  'aws_launch_template.fleet_launch-template_3FB9E38C': {
    ...{ image_id: 'ami-1', instance_type: 't3.small', user_data: 'aaaa' },
    block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ volume_size: 8 }] }],
  },
  'aws_autoscaling_group.fleet_group_0A1B2C3D': { min_size: 3, max_size: 5, desired_capacity: 4 },
};

/** The state of a version without tracks; a change of undefined leaves a resource out. */
export function earlierState(changes: Record<string, object | undefined> = {}): string {
  const resources = Object.entries({ ...deployedEarlier, ...changes }).flatMap(([address, attributes]) => {
    const [type, name] = address.split('.');
    return attributes ? [{ mode: 'managed', type, name, instances: [{ attributes }] }] : [];
  });
  return JSON.stringify({ version: 4, outputs: {}, resources });
}
