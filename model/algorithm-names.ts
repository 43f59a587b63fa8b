/** The algorithms of the default profile; that of the accurate profile is `ensemble`. */
export const algorithmNames = ['linear-svm', 'bayes', 'logistic-regression'] as const;
