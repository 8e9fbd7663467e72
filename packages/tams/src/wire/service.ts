/** What a service says of itself. Source: TAMS 8.2, `service.json`. */
export interface Service {
  /** Its name. */
  readonly name?: string | undefined;
  /** A text about it. */
  readonly description?: string | undefined;
  /** A URN that begins with `urn:x-tams:service`. */
  readonly type: string;
  /** The version of the API: `8.2`. */
  readonly api_version: string;
  /** The version of the service. */
  readonly service_version?: string | undefined;
  /** How it tells events. */
  readonly event_stream_mechanisms?:
    | readonly { readonly name: string; readonly docs?: string | undefined }[]
    | undefined;
  /** How long an object that was asked for waits to be registered, at least. */
  readonly min_object_timeout: string;
  /** How long a URL with credentials is valid, at least. */
  readonly min_presigned_url_timeout?: string | undefined;
}
