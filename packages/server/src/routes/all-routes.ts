import type { Route } from "../http/route.ts";
import { deletionRequestRoutes } from "./deletion-requests.ts";
import { flowPropertyRoutes } from "./flow-properties.ts";
import { flowRoutes } from "./flows.ts";
import { mediaRoutes } from "./media.ts";
import { objectInstanceRoutes } from "./object-instances.ts";
import { objectRoutes } from "./objects.ts";
import { profileRoutes } from "./profiles.ts";
import { rootRoutes } from "./root.ts";
import { segmentRoutes } from "./segments.ts";
import { serviceRoutes } from "./service.ts";
import { sourcePropertyRoutes } from "./source-properties.ts";
import { sourceRoutes } from "./sources.ts";
import { storageBackendRoutes } from "./storage-backends.ts";
import { storageRoutes } from "./storage.ts";
import { webhookRoutes } from "./webhooks.ts";

/** All that is served of TAMS, and the bytes of objects. */
export const allRoutes: readonly Route[] = [
  ...rootRoutes,
  ...serviceRoutes,
  ...storageBackendRoutes,
  ...profileRoutes,
  ...webhookRoutes,
  ...sourceRoutes,
  ...sourcePropertyRoutes,
  ...flowRoutes,
  ...flowPropertyRoutes,
  ...segmentRoutes,
  ...storageRoutes,
  ...objectRoutes,
  ...objectInstanceRoutes,
  ...deletionRequestRoutes,
  ...mediaRoutes,
];
