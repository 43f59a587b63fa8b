/** The id of the emulated AWS account, which is moto's default. */
export const emulatedAccount = '123456789012';
