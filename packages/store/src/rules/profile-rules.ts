import type {
  Flow,
  FlowPut,
  PageOptions,
  Profile,
  ProfileQuery,
} from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { ProfileNotFoundError } from "../error/profile-not-found-error.ts";
import type { Page } from "../model/page.ts";
import type { Actor } from "../port/flow-store.ts";
import type { IndexTransaction } from "../port/segment-index.ts";
import { withoutAbsent } from "./absent-properties.ts";
import { checkTechnical, checkUuid } from "./flow-validation.ts";
import type { Transactions } from "./transactions.ts";

/** What a profile has, and a flow that names one has not. */
const technicalKeys = [
  "format",
  "codec",
  "container",
  "avg_bit_rate",
  "segment_duration",
  "container_mapping",
  "essence_parameters",
];

/**
 * The rules of profiles: they never change.
 *
 * Source: TAMS 8.2, `/service/profiles`.
 */
export class ProfileRules {
  readonly #transactions: Transactions;

  /** @param transactions The door to the index. */
  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /** Lists profiles. */
  list(
    query: ProfileQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Profile>> {
    return this.#transactions.read((index) => index.listProfiles(query, page));
  }

  /** @throws {ProfileNotFoundError} If there is none. */
  get(id: string): Promise<Profile> {
    return this.#transactions.read(async (index) => {
      const profile = await index.findProfile(id);
      if (profile === undefined) throw new ProfileNotFoundError(id);
      return profile;
    });
  }

  /** @throws {InvalidRequestError} If there is one with its id, or it breaks a rule. */
  create(profile: Profile, options?: Actor): Promise<Profile> {
    return this.#transactions.write(options, async (change) => {
      checkUuid("a profile's id", profile.id);
      checkTechnical(profile.flow_metadata);
      if ((await change.index.findProfile(profile.id)) !== undefined) {
        throw new InvalidRequestError(
          `Cannot make profile '${profile.id}' again: profiles never change; take another id`,
        );
      }
      const created = withoutAbsent({
        ...profile,
        created: change.now,
        created_by: profile.created_by ?? change.actor,
      });
      await change.index.putProfile(created);
      return created;
    });
  }
}

/**
 * Completes what a client says of a flow by the profile that it names.
 *
 * @returns All of the flow; without `profile_id`, if that is the empty text.
 * @throws {InvalidRequestError} If the profile is unknown, or the flow has technical
 * metadata of its own beside it.
 */
export async function expandFlow(
  index: IndexTransaction,
  flow: FlowPut,
): Promise<Flow> {
  const { profile_id: profileId, ...own } = flow;
  if (profileId === undefined || profileId === "") return checkHasFormat(own);
  const extra = Object.entries(flow)
    .filter(
      ([name, value]) => technicalKeys.includes(name) && value !== undefined,
    )
    .map(([name]) => name);
  if (extra.length > 0) {
    throw new InvalidRequestError(
      `Cannot take ${extra.join(", ")} with profile_id: the profile has them; leave them out, or unlink it by an empty profile_id`,
    );
  }
  const profile = await index.findProfile(profileId);
  if (profile === undefined) {
    throw new InvalidRequestError(
      `There is no profile '${profileId}' to make a flow by: make it first`,
    );
  }
  return { ...own, profile_id: profileId, ...profile.flow_metadata };
}

function checkHasFormat(flow: Omit<FlowPut, "profile_id">): Flow {
  if (hasFormat(flow)) return flow;
  throw new InvalidRequestError(
    `Cannot make flow '${flow.id}' without a format: give its technical metadata, or a profile_id`,
  );
}

function hasFormat(flow: Omit<FlowPut, "profile_id">): flow is Flow {
  return flow.format !== undefined;
}
