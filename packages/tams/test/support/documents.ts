import {
  deletionRequestSchema,
  flowCollectionSchema,
  flowPutSchema,
  flowSchema,
  mediaObjectSchema,
  objectInstancePostSchema,
  profileSchema,
  segmentFailureSchema,
  segmentPostSchema,
  segmentSchema,
  servicePostSchema,
  serviceSchema,
  sourceSchema,
  storageBackendSchema,
  storageRequestSchema,
  storageSchema,
  tagsSchema,
  webhookPostSchema,
  webhookPutSchema,
  webhookSchema,
} from "@sluice/tams";
import { z } from "zod";

/** A kind of document: our schema, and the specification's. */
export interface DocumentKind {
  readonly ours: z.ZodType;
  readonly theirs: string;
}

/** Which examples are of which kind: the first pattern that fits. */
const kinds: readonly (readonly [RegExp, z.ZodType, string])[] = [
  [/^deletion-request-/, deletionRequestSchema, "deletion-request"],
  [/^deletion-requests-/, z.array(deletionRequestSchema), ""],
  [/^flow-collection-/, flowCollectionSchema, "flow-collection"],
  [/^flow-get-|^flow-put-201/, flowSchema, "flow-get"],
  [/^flow-put/, flowPutSchema, "flow-put"],
  [/^flow-segment-partial/, segmentFailureSchema, "flow-segment-bulk-failure"],
  [/^flow-segment-post/, segmentPostSchema, "flow-segment-post"],
  [/^flow-segments-get/, z.array(segmentSchema), ""],
  [/^flow-storage-post-201/, storageSchema, "flow-storage"],
  [/^flow-storage-post/, storageRequestSchema, "flow-storage-post"],
  [/^flow-tags/, tagsSchema, "tags"],
  [/^flows-get/, z.array(flowSchema), ""],
  [/^objects-get/, mediaObjectSchema, "object"],
  [/^objects-instances/, objectInstancePostSchema, "objects-instances-post"],
  [/^profiles-get/, z.array(profileSchema), ""],
  [/^profile-/, profileSchema, "profile"],
  [/^service-get/, serviceSchema, "service"],
  [/^service-post/, servicePostSchema, "service-post"],
  [/^source-get/, sourceSchema, "source"],
  [/^sources-get/, z.array(sourceSchema), ""],
  [/^storage-backends/, z.array(storageBackendSchema), "storage-backends-list"],
  [/^webhook-get-200-list/, z.array(webhookSchema), ""],
  [/^webhook-get/, webhookSchema, "webhook-get"],
  [/^webhook-post/, webhookPostSchema, "webhook-post"],
  [/^webhook-put/, webhookPutSchema, "webhook-put"],
];

/** Gives the kind of an example; its list has no schema of its own where `theirs` is empty. */
export function findKind(example: string): DocumentKind {
  const found = kinds.find(([pattern]) => pattern.test(example));
  if (found === undefined) throw new Error(`What is ${example} an example of?`);
  return { ours: found[1], theirs: found[2] };
}
