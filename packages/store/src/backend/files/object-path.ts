import { createHash } from "node:crypto";
import { join } from "node:path";

/** Where an object's bytes lie within a bucket's folder. */
export interface ObjectPath {
  /** The folder that the file is in: one of 256, so that none has too many. */
  readonly folder: string;
  /** The file. */
  readonly file: string;
  /** A file with the key itself, for keys whose file's name cannot hold them. */
  readonly keyFile: string | undefined;
}

/** The folder of a bucket with all objects. */
export const OBJECTS_FOLDER = "objects";
/** The folder of a bucket with the keys that do not fit into a file's name. */
export const KEYS_FOLDER = "keys";
/** The folder of a bucket with what is being written. */
export const DRAFTS_FOLDER = "drafts";

// File systems take names of up to 255 bytes.
const longestName = 200;
const spelled = "k-";
const hashed = "h-";

/**
 * Places an object in a bucket's folder, for any key.
 *
 * A file's name consists of lower-case ASCII letters, digits, `-` and `_`, and never is one
 * that a system gives a meaning of its own: what differs as keys differs as names, also
 * where a file system takes capital for small letters, or one form of Unicode for another.
 * A key that is too long for that is replaced with its SHA-256.
 */
export function locateObject(root: string, key: string): ObjectPath {
  const text = spellKey(key);
  const digest = createHash("sha256").update(text).digest("hex");
  const isSpelled = text.length <= longestName;
  const name = isSpelled ? `${spelled}${text}` : `${hashed}${digest}`;
  const folder = join(root, OBJECTS_FOLDER, digest.slice(0, 2));
  return {
    folder,
    file: join(folder, name),
    keyFile: isSpelled ? undefined : join(root, KEYS_FOLDER, name),
  };
}

/** Whether a file's name stands for a key that did not fit into it. */
export function isHashedName(name: string): boolean {
  return /^h-[0-9a-f]{64}$/u.test(name);
}

/** Where the object is whose key a file has, if that is what the file is. */
export function locateObjectOfKeyFile(
  root: string,
  name: string,
): string | undefined {
  if (!isHashedName(name)) return undefined;
  return join(
    root,
    OBJECTS_FOLDER,
    name.slice(hashed.length, hashed.length + 2),
    name,
  );
}

/** The key that a file's name spells; undefined if it spells none. */
export function parseObjectName(name: string): string | undefined {
  if (!/^k-(?:[0-9a-z-]|_[0-9a-f]{2}|_u[0-9a-f]{4})+$/u.test(name)) {
    return undefined;
  }
  return name
    .slice(spelled.length)
    .replace(/_u[0-9a-f]{4}|_[0-9a-f]{2}/gu, (unit) =>
      String.fromCharCode(Number.parseInt(unit.replace(/^_u?/u, ""), 16)),
    );
}

/** Spells a key, one code unit after the other, so that it can be read back. */
function spellKey(key: string): string {
  // Without the flag `u`: half of a pair is spelled as such.
  return key.replace(/[^0-9a-z-]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code < 0x100
      ? `_${code.toString(16).padStart(2, "0")}`
      : `_u${code.toString(16).padStart(4, "0")}`;
  });
}
