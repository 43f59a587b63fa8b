/** What the default profile can learn with; the accurate profile's is `ensemble`. */
export const algorithmNames = ['linear-svm', 'bayes', 'logistic-regression'] as const;
