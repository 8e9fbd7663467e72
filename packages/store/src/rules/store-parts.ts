import { AllocationRules } from "./allocation-rules.ts";
import { BackgroundWorker } from "./background-worker.ts";
import { DeletionRules } from "./deletion-rules.ts";
import type { FlowStoreOptions } from "./flow-store-options.ts";
import { FlowRules } from "./flow-rules.ts";
import { InstanceRules } from "./instance-rules.ts";
import { ObjectBytes } from "./object-bytes.ts";
import { ObjectMoves } from "./object-moves.ts";
import { ObjectRules } from "./object-rules.ts";
import { ProfileRules } from "./profile-rules.ts";
import { SegmentRules } from "./segment-rules.ts";
import { ServiceRules } from "./service-rules.ts";
import { SourceRules } from "./source-rules.ts";
import { toStoreSetup, type StoreSetup } from "./store-setup.ts";
import { Sweeper } from "./sweeper.ts";
import { Outbox } from "./outbox.ts";
import { Transactions } from "./transactions.ts";
import { WebhookRules } from "./webhook-rules.ts";

/** The rules of one store, a room for each family. */
export interface StoreParts {
  readonly setup: StoreSetup;
  readonly transactions: Transactions;
  readonly service: ServiceRules;
  readonly profiles: ProfileRules;
  readonly sources: SourceRules;
  readonly flows: FlowRules;
  readonly segments: SegmentRules;
  readonly allocations: AllocationRules;
  readonly objects: ObjectRules;
  readonly instances: InstanceRules;
  readonly bytes: ObjectBytes;
  readonly deletions: DeletionRules;
  readonly webhooks: WebhookRules;
  readonly outbox: Outbox;
  readonly sweeper: Sweeper;
  readonly worker: BackgroundWorker;
}

/** Makes the rules of a store; touches nothing. */
export function createStoreParts(options: FlowStoreOptions): StoreParts {
  const setup = toStoreSetup(options);
  const moves = new ObjectMoves();
  const announce = () => {
    outbox.announce();
  };
  const transactions = new Transactions(options.index, setup, {
    onWork: () => {
      worker.wake();
    },
    onEvents: announce,
  });
  const outbox = new Outbox(transactions, setup);
  const bytes = new ObjectBytes(transactions, setup, moves);
  const deletions = new DeletionRules(transactions, setup);
  const sweeper = new Sweeper({ transactions, setup, moves });
  const worker = new BackgroundWorker({
    deletions,
    sweeper,
    sweepIntervalMs: setup.limits.sweepIntervalMs,
    onError: options.onBackgroundError,
  });
  return {
    setup,
    transactions,
    service: new ServiceRules(transactions, setup.service),
    profiles: new ProfileRules(transactions),
    sources: new SourceRules(transactions),
    flows: new FlowRules(transactions),
    segments: new SegmentRules(transactions, setup),
    allocations: new AllocationRules(transactions, setup),
    objects: new ObjectRules(transactions, setup),
    instances: new InstanceRules({ transactions, setup, moves, bytes }),
    bytes,
    deletions,
    webhooks: new WebhookRules(transactions, setup.checkWebhookUrl, announce),
    outbox,
    sweeper,
    worker,
  };
}
