import { openEmbeddedStore } from "../backend/embedded/open-embedded-store.ts";
import { openMemoryStore } from "./open-memory-store.ts";
import type { StoreSchemes } from "./store-schemes.ts";

/** The stores that can be opened without further ado. */
export const defaultSchemes: StoreSchemes = {
  "file:": (url) => openEmbeddedStore(url),
  "memory:": () => openMemoryStore(),
};
