import { sha256 } from '../../common/checksum.ts';

/** The packages of Debian's cloud image that the bootstrap relies on; others are installed as dependencies. */
const packages = [
  ...['ca-certificates', 'cloud-init', 'curl', 'dbus', 'iproute2', 'iputils-ping', 'libpam-systemd', 'logrotate'],
  ...['netbase', 'openssl', 'procps', 'python3', 'sudo', 'systemd', 'systemd-sysv'],
];

/** Packages that the bootstrap installs on machines. They are in the image's package cache, because machines have no internet. */
const downloads = ['nginx-light', 'prometheus', 'prometheus-nginx-exporter', 'prometheus-node-exporter'];

/** cloud-init as on EC2; the network is configured already, and time-outs are short. */
const cloudInit = `datasource_list: [Ec2]
datasource: {Ec2: {strict_id: false, max_wait: 20, timeout: 5}}
network: {config: disabled}
locale: false
`;

/** Files to add to the image, by path. */
const files: Record<string, string> = {
  '/etc/cloud/cloud.cfg.d/90_rehearsal.cfg': cloudInit,
  // cloud-init recognizes EC2 by a hypervisor id that begins with ec2.
  '/etc/ec2-uuid': 'ec2fffff-0000-4000-8000-000000000000\n',
  // Without a name server, look-ups fail at once instead of timing out.
  '/etc/resolv.conf': '# No name server: a rehearsal machine reaches its cloud by address.\n',
  '/etc/hostname': 'machine\n',
};

const ec2DataSource = '/usr/lib/python3/dist-packages/cloudinit/sources/DataSourceEc2.py';

/** Shell commands that run after the installation; `$1` is the root file system. */
const customizations = [
  'chroot "$1" apt-get clean',
  `chroot "$1" apt-get install --yes --download-only --no-install-recommends ${downloads.join(' ')}`,
  'mkdir -p "$1/var/log/journal"',
  `sed -i -e 's#/sys/hypervisor/uuid#/etc/ec2-uuid#' -e 's/perform_dhcp_setup = True/perform_dhcp_setup = False/' "$1${ec2DataSource}"`,
  'rm -f "$1/etc/machine-id" && : > "$1/etc/machine-id"',
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'e2scrub_all.timer', 'fstrim.timer'].map(
    (timer) => `ln -sf /dev/null "$1/etc/systemd/system/${timer}"`,
  ),
];

/** The definition of the base image. Its digest is in the image's name, so that a changed recipe makes a new image. */
export const recipe = { suite: 'bookworm', packages, files, customizations };

export const recipeDigest = sha256(JSON.stringify(recipe)).slice(0, 12);

/** Returns the arguments of mmdebstrap that build the image in `target`; `overlay` is a folder with the recipe's files. */
export function buildParameters(target: string, overlay: string): string[] {
  return [
    '--variant=minbase',
    '--mode=root',
    '--format=directory',
    '--dpkgopt=force-unsafe-io',
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    // Keeps the package lists, from which machines install without a mirror.
    '--skip=cleanup/apt',
    `--include=${packages.join(',')}`,
    ...customizations.map((command) => `--customize-hook=${command}`),
    `--customize-hook=cp -a "${overlay}/." "$1"`,
    recipe.suite,
    target,
  ];
}
