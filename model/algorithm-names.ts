/** The algorithms of the default profile; that of the accurate profile is `ensemble`, that of the semantic one `mixture`. */
export const algorithmNames = ['linear-svm', 'neural-network', 'bayes', 'logistic-regression'] as const;

/** The ways to learn that a stage can choose. */
export const profileNames = ['default', 'accurate', 'semantic'] as const;
