import { z } from "zod";
import {
  containerMappingSchema,
  type ContainerMapping,
} from "./container-mapping.ts";
import { uuidSchema } from "./uuid.ts";

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

/** Source: TAMS 8.2, `collection-item.json`. */
export const collectionItemSchema: z.ZodType<CollectionItem> = z.looseObject({
  id: uuidSchema,
  role: z.string().optional(),
});

/** Source: TAMS 8.2, `flow-collection.json`. */
export const flowCollectionSchema: z.ZodType<readonly FlowCollectionItem[]> =
  z.array(
    z.looseObject({
      id: uuidSchema,
      role: z.string().optional(),
      container_mapping: containerMappingSchema.optional(),
    }),
  );
