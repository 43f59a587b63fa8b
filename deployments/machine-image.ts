import { DescribeImagesCommand, EC2Client, type Image } from '@aws-sdk/client-ec2';
import { UserError } from '../common/errors.ts';
import type { MachineImage } from '../stacks/machines.ts';
import type { Settings } from '../stages/settings.ts';
import { type Access, clientConfiguration } from './access.ts';

/** The image that machines boot, and the name of a newer one that they could. */
export interface ChosenImage {
  image: MachineImage;
  newer: string | undefined;
}

export interface ImageChoice {
  filter: Settings['fleet']['image'];
  /** The id of the image in service. */
  inService: string | undefined;
  /** Take the newest image, whatever is in service. */
  newest: boolean;
}

/** Finds the image of the machines: the one in service as long as it fits the settings, so that nothing else replaces it. */
export async function findImage(access: Access, choice: ImageChoice): Promise<ChosenImage> {
  const { owner, name } = choice.filter;
  const client = new EC2Client(clientConfiguration(access));
  const Filters = Object.entries({ name, 'virtualization-type': 'hvm', state: 'available' }).map(([Name, value]) => ({
    Name,
    Values: [value],
  }));
  // AWS hides an image two years after its creation from those who do not ask for deprecated ones.
  const command = new DescribeImagesCommand({ Owners: [owner], Filters, IncludeDeprecated: true });
  const { Images = [] } = await client.send(command);
  return chooseImage(Images, choice);
}

/** Chooses among the images that fit the settings. */
export function chooseImage(images: readonly Image[], { filter, inService, newest }: ImageChoice): ChosenImage {
  const sorted = images.toSorted((one, other) => (other.CreationDate ?? '').localeCompare(one.CreationDate ?? ''));
  const [latest] = sorted;
  if (!latest)
    throw new UserError(`fleet.image: expected an image of ${filter.owner} with the name ${filter.name}, found none`);
  const kept = newest ? undefined : sorted.find(({ ImageId }) => ImageId === inService);
  const chosen = kept ?? latest;
  const image = { id: chosen.ImageId ?? '', rootDevice: chosen.RootDeviceName ?? '/dev/xvda' };
  return { image, newer: kept && kept !== latest ? latest.Name : undefined };
}
