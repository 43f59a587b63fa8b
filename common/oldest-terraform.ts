/** The oldest version of Terraform that can be used: the first one that locks a state in S3 by a file beside it. */
export const oldestTerraform = { major: 1, minor: 10 };
