import { deepEqual, equal, ok } from "node:assert/strict";
import type { Profile } from "@sluice/tams";
import {
  breaksRule,
  createId,
  refuses,
  storePlan,
  videoFlow,
  type StorePlan,
} from "./store-plan.ts";

/** Profiles. */
export const profileLaws: readonly StorePlan[] = [
  storePlan("makes a profile once, and never changes it", async (store) => {
    const profile = createProfile();
    const made = await store.createProfile(profile);

    deepEqual(await store.getProfile(profile.id), made);
    deepEqual(made.flow_metadata, profile.flow_metadata);
    ok(made.created !== undefined);
    await breaksRule(store.createProfile({ ...profile, label: "Other" }));
    deepEqual(await store.getProfile(profile.id), made);
    deepEqual((await store.listProfiles({ label: "HD" })).items, [made]);
    deepEqual((await store.listProfiles({ label: "SD" })).items, []);
    await refuses(store.getProfile(createId()), "STORE_PROFILE_NOT_FOUND");
  }),
  storePlan("completes a flow by the profile that it names", async (store) => {
    const profile = await store.createProfile(createProfile());
    const id = createId();

    const { flow } = await store.putFlow({
      id,
      source_id: createId(),
      profile_id: profile.id,
      label: "Camera",
    });

    equal(flow.profile_id, profile.id);
    equal(flow.codec, "video/h264");
    deepEqual(
      flow.essence_parameters,
      profile.flow_metadata.essence_parameters,
    );
    const named = await store.listFlows({ profileId: profile.id });
    deepEqual(
      named.items.map((one) => one.id),
      [id],
    );
    await breaksRule(store.setFlowProperty(id, "avg_bit_rate", 1));
    await breaksRule(store.setFlowProperty(id, "avg_bit_rate", undefined));
  }),
  storePlan(
    "refuses technical metadata beside a profile, and unknown profiles",
    async (store) => {
      const { id: profile_id } = await store.createProfile(createProfile());

      await breaksRule(store.putFlow(videoFlow({ profile_id })), /codec/);
      await breaksRule(
        store.putFlow({
          id: createId(),
          source_id: createId(),
          profile_id: createId(),
        }),
        /profile/,
      );
    },
  ),
  storePlan("unlinks a profile by an empty profile_id", async (store) => {
    const { id: profile_id } = await store.createProfile(createProfile());
    const [id, source_id] = [createId(), createId()];
    await store.putFlow({ id, source_id, profile_id });

    await store.putFlow(videoFlow({ id, source_id, profile_id: "" }));

    const flow = await store.getFlow(id);
    equal(flow.profile_id, undefined);
    deepEqual((await store.listFlows({ profileId: profile_id })).items, []);
    await store.setFlowProperty(id, "avg_bit_rate", 1);
  }),
];

function createProfile(): Profile {
  const { format, codec, container, essence_parameters } = videoFlow();
  return {
    id: createId(),
    label: "HD",
    flow_metadata: { format, codec, container, essence_parameters },
  };
}
