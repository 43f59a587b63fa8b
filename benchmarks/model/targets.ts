/** The targets of each profile: shares, and microseconds for a prediction at 150 labels. */
export const profileTargets = {
  default: { clinc: 0.934, banking: 0.915, recall: 0.48, inScope: 0.928, microseconds: 60 },
  accurate: { clinc: 0.94, banking: 0.929, recall: 0.58, inScope: 0.93, microseconds: 500 },
  semantic: { clinc: 0.95, banking: 0.932, recall: 0.68, inScope: 0.93, microseconds: 25 },
} as const;

/** The targets of the default profile alone, or of all alike. */
export const targets = {
  calibrationError: 0.03,
  trainingSeconds: 15,
  artifactMegabytes: 4,
  memoryMegabytes: 40,
  openingMilliseconds: 50,
  ownAccuracy: 0.92,
  ownCalibrationError: 0.05,
} as const;

/** The targets of the semantic profile's costs. */
export const semanticTargets = { trainingSeconds: 3, artifactMegabytes: 16, memoryMegabytes: 160 } as const;

/** A set with few texts an intent: the target of the semantic profile, and what scikit-learn reaches. */
export interface FewShotSet {
  readonly name: string;
  /** Below the folder with the data. */
  readonly folder: string;
  readonly texts: number;
  readonly target: number;
  /** scikit-learn 1.9: n-grams with a linear SVM, and the same token vectors with a multinomial logistic regression. */
  readonly reference: { readonly ngrams: number; readonly vectors: number };
}

/** The fixed splits of 5 and 10 texts an intent that papers report on. */
export const fewShotSets: readonly FewShotSet[] = [
  {
    ...{ name: 'BANKING77', folder: 'few-shot/banking77', texts: 5 },
    target: 0.75,
    reference: { ngrams: 63.2, vectors: 73.3 },
  },
  {
    ...{ name: 'BANKING77', folder: 'few-shot/banking77', texts: 10 },
    target: 0.83,
    reference: { ngrams: 75.1, vectors: 81.6 },
  },
  {
    ...{ name: 'CLINC150', folder: 'few-shot/clinc150', texts: 5 },
    target: 0.82,
    reference: { ngrams: 72.8, vectors: 78.2 },
  },
  {
    ...{ name: 'CLINC150', folder: 'few-shot/clinc150', texts: 10 },
    target: 0.88,
    reference: { ngrams: 81.0, vectors: 85.0 },
  },
];
