import type {
  PageOptions,
  Profile,
  ProfileQuery,
  Service,
  StorageBackend,
} from "@sluice/tams";
import type { Kysely } from "kysely";
import type { Page } from "../../model/page.ts";
import { backendOrder, profileOrder } from "../listing/listing-order.ts";
import { toListingWindow, toPage } from "../listing/page-start.ts";
import { equalities, inWindow } from "./listing-query.ts";
import { formatDocument, parseDocument } from "./json-text.ts";
import type { SqlSession } from "./sql-session.ts";
import type { Tables } from "./tables.ts";

/** What is done with the service, storage backends and profiles. */
export class CatalogueQueries {
  readonly #database: Kysely<Tables>;

  /** @param database What they are built for. */
  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  async findService(session: SqlSession): Promise<Service | undefined> {
    const row = await session.find(
      this.#database.selectFrom("service").select("document").compile(),
    );
    return row && parseDocument(row);
  }

  async putService(session: SqlSession, service: Service): Promise<void> {
    const values = { document: formatDocument(service) };
    await session.write(
      this.#database
        .insertInto("service")
        .values({ id: 1, ...values })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
        .compile(),
    );
  }

  async listBackends(session: SqlSession): Promise<readonly StorageBackend[]> {
    const rows = await session.read(
      this.#database
        .selectFrom("storage_backends")
        .select("document")
        .orderBy("label_key")
        .orderBy("id")
        .compile(),
    );
    return rows.map(parseDocument);
  }

  async putBackend(
    session: SqlSession,
    backend: StorageBackend,
  ): Promise<void> {
    const values = {
      label_key: backendOrder.keyOf(backend),
      document: formatDocument(backend),
    };
    await session.write(
      this.#database
        .insertInto("storage_backends")
        .values({ id: backend.id, ...values })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
        .compile(),
    );
  }

  async findProfile(
    session: SqlSession,
    id: string,
  ): Promise<Profile | undefined> {
    const row = await session.find(
      this.#database
        .selectFrom("profiles")
        .select("document")
        .where("id", "=", id)
        .compile(),
    );
    return row && parseDocument(row);
  }

  async putProfile(session: SqlSession, profile: Profile): Promise<void> {
    const values = {
      label_key: profileOrder.keyOf(profile),
      label: profile.label ?? null,
      format: profile.flow_metadata.format,
      codec: profile.flow_metadata.codec,
      document: formatDocument(profile),
    };
    await session.write(
      this.#database
        .insertInto("profiles")
        .values({ id: profile.id, ...values })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
        .compile(),
    );
  }

  async listProfiles(
    session: SqlSession,
    { format, codec, label }: ProfileQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Profile>> {
    const window = toListingWindow(profileOrder, false, page);
    const listing = this.#database
      .selectFrom("profiles")
      .select("document")
      .where((builder) => builder.and(equalities({ format, codec, label })));
    const rows = await session.read(
      inWindow(listing, "label_key", window).compile(),
    );
    return toPage(rows.map(parseDocument), window);
  }
}
