import type { FlowSession } from "@sluice/store";
import type { Segment } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import type { Command } from "commander";
import { stream, type Stream } from "sluice";
import { withSession } from "../connect.ts";
import { parseTimeRange } from "../option-values.ts";
import { showAll } from "../output/show.ts";
import type { Plan } from "../work.ts";

/** `segments`: lists a flow's segments. */
export function addSegments(program: Command, plan: Plan): Command {
  return program
    .command("segments <flow>")
    .description("list the segments of a flow, in order")
    .option("--timerange <range>", "only those that overlap it", parseTimeRange)
    .action((flowId: string, { timerange }: { timerange?: TimeRange }) => {
      plan((context) =>
        withSession(context, { create: false }, async (session) => {
          // A flow that is not there has no segments, for TAMS; here that is told.
          await session.getFlow(flowId);
          await showAll(context, listSegments(session, flowId, timerange), {
            head: ["timerange", "object", "offset"],
            toRow: (segment) => [
              segment.timerange,
              segment.object_id,
              segment.ts_offset ?? "0:0",
            ],
            none: `Flow ${flowId} has no segments there`,
          });
          return undefined;
        }),
      );
    });
}

function listSegments(
  { store }: FlowSession,
  flowId: string,
  timerange: TimeRange | undefined,
): Stream<Segment> {
  const query = timerange === undefined ? {} : { timerange };
  return stream(async function* ({ guard }) {
    let page: string | undefined;
    do {
      const options = page === undefined ? {} : { page };
      const found = await guard(store.listSegments(flowId, query, options));
      yield* found.items;
      page = found.next;
    } while (page !== undefined);
  });
}
