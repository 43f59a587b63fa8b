/** The longest time that tests wait for machines: other files boot theirs at the same time, which takes minutes on two processors. */
export const patienceSeconds = 400;
