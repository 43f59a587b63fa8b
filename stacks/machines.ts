/** How machines are replaced: one is terminated when a new one is healthy, and those of the current template stay. */
export const instanceRefresh = {
  strategy: 'Rolling',
  preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150, skipMatching: true },
} as const;

/** The tag of a machine that names the release it booted with. */
export const releaseTag = 'Release';

/** An image of machines. */
export interface MachineImage {
  /** Such as `ami-0123456789abcdef0`. */
  id: string;
  /** The device of its root disk, such as `/dev/xvda`. */
  rootDevice: string;
}
