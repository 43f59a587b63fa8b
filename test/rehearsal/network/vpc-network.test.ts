import test from 'ava';
import { firewall } from '../../../rehearsal/network/firewall.ts';
import { VpcNetwork } from '../../../rehearsal/network/vpc-network.ts';
import { desiredFleet } from '../fleet.ts';

test('routers and balancers get their addresses once, the firewall is loaded when it changes', async (t) => {
  const [commands, rules]: string[][] = [[], []];
  const state = { fails: false };
  const network = new VpcNetwork(
    async (given) => void commands?.push(...given.map((command) => command.join(' '))),
    async (given) => {
      if (state.fails) throw new Error('no nft');
      rules?.push(given);
    },
  );
  const one = desiredFleet([], { vpcs: ['10.20.0.0/16'] });
  const two = desiredFleet(['i-1'], { vpcs: ['10.20.0.0/16', '10.30.0.0/16'] });
  await network.follow(one);
  await network.follow(one);
  state.fails = true;
  await t.throwsAsync(network.follow(two), { message: 'no nft' });
  state.fails = false;
  await network.follow(two);
  t.deepEqual(commands, [
    'ip address replace 10.20.0.1/32 dev vpc',
    'ip address replace 10.20.63.254/32 dev vpc',
    'ip address replace 10.30.0.1/32 dev vpc',
  ]);
  t.deepEqual(rules, [firewall(one), firewall(two)]);
});
