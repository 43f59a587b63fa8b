/** The targets of each profile: shares, and microseconds for a prediction at 150 labels. */
export const profileTargets = {
  default: { clinc: 0.934, banking: 0.915, recall: 0.48, inScope: 0.928, microseconds: 60 },
  accurate: { clinc: 0.94, banking: 0.929, recall: 0.58, inScope: 0.93, microseconds: 500 },
} as const;

/** The targets of the default profile alone, or of both alike. */
export const targets = {
  calibrationError: 0.03,
  trainingSeconds: 15,
  artifactMegabytes: 4,
  memoryMegabytes: 40,
  openingMilliseconds: 50,
  ownAccuracy: 0.96,
  ownCalibrationError: 0.05,
} as const;
