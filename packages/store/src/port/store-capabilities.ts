/** What a store can do, which not each can. */
export interface StoreCapabilities {
  /**
   * Whether several segments are registered as one. If not, as TAMS has no call for it, they
   * are registered one after the other, and removed again if one cannot be: others may see
   * them meanwhile, objects that nothing else refers to go with them, and if the service is
   * lost in the middle they stay, and a `PartlyAddedError` tells which. A single segment is
   * there or is not, in every store.
   */
  readonly atomicSegments: boolean;
}
