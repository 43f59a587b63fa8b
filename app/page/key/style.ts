/** The field of the API key. */
export const keyStyle = `
.key { max-width: 32rem; }
`;
