/** An AWS client without a network: `answer` gets the name and the input of each command. */
export function awsClient<Client>(answer: (command: string, input: Record<string, unknown>) => unknown): Client {
  const send = async (command: { input: Record<string, unknown> }) => answer(command.constructor.name, command.input);
  return { send } as Client;
}
