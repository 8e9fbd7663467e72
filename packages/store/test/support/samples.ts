import { fileURLToPath } from "node:url";
import { openContainer, type Grain, type GrainOrder } from "@sluice/media";
import { asyncWith } from "sluice";

/** Gives the path of a file of `samples/`. */
export function findSample(name: string): string {
  return fileURLToPath(new URL(`../../../../samples/${name}`, import.meta.url));
}

/** Reads all grains of a file's track of a kind. */
export async function readFileGrains(
  name: string,
  kind: "video" | "audio",
  order: GrainOrder = "presentation",
): Promise<readonly Grain[]> {
  let grains: readonly Grain[] = [];
  await asyncWith(openContainer(findSample(name)), async ({ tracks }) => {
    const track = tracks.find(({ essence }) => essence.kind === kind);
    grains = (await track?.getGrains({ order }).toArray()) ?? [];
  });
  return grains;
}

/** Tells what of grains has to be as it was: when each is presented, and its bytes. */
export function toFacts(grains: readonly Grain[]): string[] {
  return grains.map(
    ({ originTimestamp, data }) =>
      `${originTimestamp} ${Buffer.from(data).toString("base64")}`,
  );
}
