import { openEmbeddedStore } from "../backend/embedded/open-embedded-store.ts";
import { openMemoryStore } from "./open-memory-store.ts";
import { openRemoteStore } from "../backend/tams/open-remote-store.ts";
import type { StoreSchemes } from "./store-schemes.ts";

/** The stores that can be opened without further ado. */
export const defaultSchemes: StoreSchemes = {
  "file:": (url) => openEmbeddedStore(url),
  "http:": (url) => openRemoteStore(url),
  "https:": (url) => openRemoteStore(url),
  "memory:": () => openMemoryStore(),
};
