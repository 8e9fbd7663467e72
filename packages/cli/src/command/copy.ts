import type { FlowSession } from "@sluice/store";
import type { Command } from "commander";
import { asyncWith, from } from "sluice";
import { withSession } from "../connect.ts";
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
          const ids = await findIds(source, flowIds);
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

/** Finds the flows that are meant: those that are named, or all; each has to be there. */
export async function findIds(
  session: FlowSession,
  named: readonly string[],
): Promise<readonly string[]> {
  const all = named.length === 0;
  const flows = all
    ? session.listFlows()
    : from(named).map((id) => session.getFlow(id));
  return flows.map(({ id }) => id).toArray();
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
