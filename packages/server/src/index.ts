/**
 * TAMS 8.2 over HTTP: a door to any store of flows.
 *
 * @module
 */

// Apps
export { createApp } from "./app/create-app.ts";
export type { App, AppOptions, ServerLimits } from "./app/app-options.ts";
export type { Origins } from "./http/cors.ts";
export type { Identity, Scope } from "./http/identity.ts";
export type { Route, RouteMethod } from "./http/route.ts";
export type { Exchange } from "./http/exchange.ts";

// Who asks
export type {
  AuthenticationOptions,
  BasicUser,
  StaticToken,
} from "./auth/authentication-options.ts";
export {
  createAuthentication,
  type Authenticate,
} from "./auth/create-authentication.ts";
export type { JwtOptions } from "./auth/json-web-token.ts";
export {
  createAccessControl,
  type AccessControl,
} from "./auth/access-control.ts";
export type { AccessRules, Right } from "./auth/access-rules.ts";
export { authorizeByScope } from "./auth/policy.ts";
export { withoutAuthentication } from "./auth/without-authentication.ts";

// Bytes
export {
  MediaUrls,
  type MediaGrant,
  type MediaUrlsOptions,
} from "./media/media-urls.ts";

// Errors
export { BadRequestError } from "./error/bad-request-error.ts";
export { BodyTooLargeError } from "./error/body-too-large-error.ts";
export { DeliveryError } from "./error/delivery-error.ts";
export { ForbiddenError } from "./error/forbidden-error.ts";
export { IdentityProviderError } from "./error/identity-provider-error.ts";
export { NotFoundError } from "./error/not-found-error.ts";
export { ServerError } from "./error/server-error.ts";

// Who is told of changes
export {
  AddressGuard,
  type AddressGuardOptions,
} from "./events/address-guard.ts";
export { openDispatcher, type DispatcherOptions } from "./events/dispatcher.ts";
