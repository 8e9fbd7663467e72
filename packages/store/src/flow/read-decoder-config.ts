import { openContainer, type Essence } from "@sluice/media";
import { asyncWith } from "sluice";

/**
 * Completes an essence by what an initialisation object tells a decoder.
 *
 * @param init The object.
 * @param essence What is known without it.
 * @throws {FormatError} If the object's bytes do not follow their format.
 */
export async function readDecoderConfig(
  init: Uint8Array,
  essence: Essence,
): Promise<Essence> {
  const told = await asyncWith(openContainer(init), ({ tracks }) =>
    tracks
      .map((track) => track.essence)
      .find(({ kind }) => kind === essence.kind),
  );
  const { codecParameter = told?.codecParameter } = essence;
  return { ...essence, codecParameter, decoderConfig: told?.decoderConfig };
}
