import type { FlowSession } from "@sluice/store";
import type { Command } from "commander";
import { asyncWith } from "sluice";
import { withSession } from "../connect.ts";
import { findFlows } from "../find-flows.ts";
import { progress } from "../output/progress.ts";
import { showOne } from "../output/show.ts";
import type { CommandContext, Plan } from "../work.ts";

/** `copy`: copies flows into another store. */
export function addCopy(program: Command, plan: Plan): Command {
  return program
    .command("copy [flow...]")
    .description("copy flows into another store, ids and all; all by default")
    .requiredOption("--to <url>", "the other store")
    .action((flowIds: string[], { to }: { to: string }) => {
      plan((context) =>
        withSession(context, { create: false }, async (source) => {
          const { signal } = context.io;
          const ids = await findFlows(source, flowIds)
            .withOptions({ signal })
            // A flow is copied along with what collects it.
            .filter(
              ({ collected_by: by = [] }) =>
                flowIds.length > 0 || by.length === 0,
            )
            .map(({ id }) => id)
            .toArray();
          await withSession(
            { ...context, store: to },
            { create: true, credentials: "SLUICE_TARGET" },
            async (target) => {
              for (const id of ids) await copyFlow(context, source, target, id);
            },
          );
          return undefined;
        }),
      );
    });
}

async function copyFlow(
  context: CommandContext,
  source: FlowSession,
  target: FlowSession,
  flowId: string,
): Promise<void> {
  const { signal } = context.io;
  const copied = { segments: 0, passedOver: 0 };
  await asyncWith(
    progress(context, { title: `Copying ${flowId}` }),
    ({ tell }) =>
      source.copy(flowId, target, {
        signal,
        onProgress: ({ wasThere, timerange }) => {
          copied[wasThere ? "passedOver" : "segments"] += 1;
          tell(copied.segments, `segments, at ${timerange}`);
        },
      }),
  );
  const document = {
    flow: flowId,
    segments: copied.segments,
    segments_passed_over: copied.passedOver,
  };
  await showOne(context, document, [
    `Copied flow ${flowId}: ${copied.segments} segments; ${copied.passedOver} were there already`,
  ]);
}
