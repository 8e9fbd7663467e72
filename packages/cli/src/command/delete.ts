import type { TimeRange } from "@sluice/time";
import type { Command } from "commander";
import { withSession } from "../connect.ts";
import { parseTimeRange } from "../option-values.ts";
import { showOne } from "../output/show.ts";
import type { Plan } from "../work.ts";

/** `delete`: removes a flow, or a range of it. */
export function addDelete(program: Command, plan: Plan): Command {
  return program
    .command("delete <flow>")
    .description("remove a flow, or the segments that lie wholly in a range")
    .option("--timerange <range>", "only segments within it", parseTimeRange)
    .action((flowId: string, { timerange }: { timerange?: TimeRange }) => {
      plan((context) =>
        withSession(context, { create: false }, async (session) => {
          if (timerange === undefined) {
            await session.deleteFlow(flowId);
            const line = `Removed flow ${flowId}`;
            await showOne(context, { deleted: flowId }, [line]);
          } else {
            await session.getFlow(flowId);
            await session.deleteRange(flowId, timerange);
            const deleted = { deleted: flowId, timerange: `${timerange}` };
            const line = `Removed the segments of flow ${flowId} within ${timerange}`;
            await showOne(context, deleted, [line]);
          }
          return undefined;
        }),
      );
    });
}
