/** Where the lines of a machine go. */
export const logVariables = {
  groups: '/intent-fleet',
  region: 'eu-central-1',
  endpoint: 'https://logs.eu-central-1.amazonaws.com',
};
