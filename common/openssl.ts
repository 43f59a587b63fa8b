/** A new key and the name in its certificate. */
interface NewKeyProps {
  /** The file that the key is written to, without encryption. */
  key: string;
  commonName: string;
}

/** Returns the arguments that make a key on the curve P-256 and a certificate that is signed with it. */
export function selfSignedArguments(
  props: NewKeyProps & { certificate: string; alternativeNames: readonly string[]; days: number },
): string[] {
  const { certificate, alternativeNames, days } = props;
  const names = ['-addext', `subjectAltName=${alternativeNames.join(',')}`];
  return ['req', '-x509', ...newKey(props), ...names, '-days', `${days}`, '-out', certificate];
}

/** Returns the arguments that make a key on the curve P-256 and a certificate signing request for it. */
export function signingRequestArguments(props: NewKeyProps & { request: string }): string[] {
  return ['req', ...newKey(props), '-out', props.request];
}

interface SigningProps {
  request: string;
  certificate: string;
  /** A file with the X.509 extensions of the certificate. */
  extensions: string;
  days: number;
  /** The key that signs, and its certificate unless the request is of that key. */
  signer: { key: string; certificate?: string };
}

/** Returns the arguments that make a certificate from a signing request. */
export function signingArguments({ request, certificate, extensions, days, signer }: SigningProps): string[] {
  const signing = signer.certificate
    ? ['-CA', signer.certificate, '-CAkey', signer.key, '-CAcreateserial']
    : ['-key', signer.key];
  return ['x509', '-req', '-in', request, ...signing, '-days', `${days}`, '-extfile', extensions, '-out', certificate];
}

// `-nodes` leaves the key unencrypted. OpenSSL 1.1 and LibreSSL do not know `-noenc`, its newer name.
function newKey({ key, commonName }: NewKeyProps): string[] {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  return [...curve, '-keyout', key, '-subj', `/CN=${commonName}`];
}
