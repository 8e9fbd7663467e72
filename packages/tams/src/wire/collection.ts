import type { ContainerMapping } from "./container-mapping.ts";

/** A member of a collection. */
export interface CollectionItem {
  /** The member's id: that of a flow, or of a source. */
  readonly id: string;
  /** What it is in the collection, in the words of who made it. */
  readonly role?: string | undefined;
}

/** A flow within a flow. */
export interface FlowCollectionItem extends CollectionItem {
  /** Where its essence is in the container of the flow that collects it. */
  readonly container_mapping?: ContainerMapping | undefined;
}
