/** A machine image that is named like Debian's, in the format of moto's MOTO_AMIS_PATH. */
export const debianImage = {
  ami_id: 'ami-0debian12amd64000',
  name: 'debian-12-amd64-20261101-2283',
  description: 'Debian 12 (20261101-2283)',
  owner_id: '136693071363',
  public: true,
  state: 'available',
  image_type: 'machine',
  architecture: 'x86_64',
  virtualization_type: 'hvm',
  hypervisor: 'xen',
  root_device_type: 'ebs',
  root_device_name: '/dev/xvda',
};
