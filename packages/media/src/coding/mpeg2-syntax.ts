import { ByteList } from "./byte-list.ts";
import type { PictureMark, UnitRole, UnitSyntax } from "./unit-syntax.ts";

/** Source: ISO/IEC 13818-2, table 6-1. */
const [PICTURE, SEQUENCE, EXTENSION, GROUP] = [0x00, 0xb3, 0xb5, 0xb8] as const;
/** The extension that each picture has: ISO/IEC 13818-2, table 6-2. */
const PICTURE_EXTENSION = 8;
/** The coding type of a picture that needs no other. */
const INTRA = 1;
const FIELDS: readonly PictureMark["field"][] = [undefined, "top", "bottom"];
const START_CODE: readonly number[] = [0, 0, 1];

/**
 * Tells access units of MPEG-2 video apart.
 *
 * A picture's own extension, which only MPEG-2 has, tells whether it is a field.
 *
 * Source: ISO/IEC 13818-2, 6.2.3, 6.3.9 and 6.3.10.
 */
export class Mpeg2Syntax implements UnitSyntax {
  #number = 0;
  #isKey = false;

  getRole(unit: Uint8Array): UnitRole {
    const [code, first = 0, second = 0] = unit;
    if (code === PICTURE) {
      this.#number = (first << 2) | (second >> 6);
      this.#isKey = ((second >> 3) & 7) === INTRA;
    }
    if (code === PICTURE || code === SEQUENCE || code === GROUP) {
      return "before";
    }
    const isPicture = code === EXTENSION && first >> 4 === PICTURE_EXTENSION;
    return isPicture ? "picture" : "other";
  }

  getMark(unit: Uint8Array): PictureMark {
    const field = FIELDS[(unit[3] ?? 0) & 3];
    return { number: this.#number, field, isKey: this.#isKey };
  }

  isRecoveryPoint(): boolean {
    return false;
  }

  /** Start codes, and zeros before them, stay: they are the normal form. */
  join(units: readonly Uint8Array[]): Uint8Array {
    const list = new ByteList();
    for (const unit of units) {
      list.append(START_CODE);
      list.append(unit);
    }
    return list.toBytes();
  }
}
