import { UserError } from '../common/errors.ts';

/** Where an MLflow server is, and who asks. */
export interface MlflowServer {
  /** Without a slash at its end, such as `https://mlflow.example.com`. */
  address: string;
  /** The header `authorization`; undefined where the server asks for none. */
  authorization: string | undefined;
}

/** Returns the server at an address, with the credentials of the environment; `source` is where the address stands. */
export function mlflowServer(source: string, address: string, environment: NodeJS.ProcessEnv): MlflowServer {
  const { protocol, username, password, search, hash } = URL.parse(address) ?? {};
  if ((protocol !== 'http:' && protocol !== 'https:') || search || hash)
    throw new UserError(
      `${source}: expected the address of an MLflow server, such as https://mlflow.example.com, got ${withoutCredentials(address)}`,
    );
  if (username || password)
    throw new UserError(
      `${source}: expected an address without a name and a password, which belong in MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD`,
    );
  return { address: address.replace(/\/+$/, ''), authorization: authorizationOf(environment) };
}

// As in MLflow's own clients, a name and a password come before a token.
function authorizationOf(environment: NodeJS.ProcessEnv): string | undefined {
  const { MLFLOW_TRACKING_USERNAME: name, MLFLOW_TRACKING_PASSWORD: password } = environment;
  if (name && password) return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  const { MLFLOW_TRACKING_TOKEN: token } = environment;
  return token ? `Bearer ${token}` : undefined;
}

function withoutCredentials(address: string): string {
  return address.replace(/^([a-z]+:\/\/)?.*@/i, '$1').replace(/[?#].*$/, '');
}
