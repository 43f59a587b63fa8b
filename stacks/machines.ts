/** The tag of a machine that names the release it booted with. */
export const releaseTag = 'Release';

/** An image of machines. */
export interface MachineImage {
  /** Such as `ami-0123456789abcdef0`. */
  id: string;
  /** The device of its root disk, such as `/dev/xvda`. */
  rootDevice: string;
}
