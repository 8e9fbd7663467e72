import type { Command } from "commander";
import { withSession } from "../connect.ts";
import { describeFlow, describeFormat } from "../output/describe.ts";
import { showAll } from "../output/show.ts";
import type { Plan } from "../work.ts";

/** `flows`: lists flows. */
export function addFlows(program: Command, plan: Plan): Command {
  return program
    .command("flows")
    .description("list the flows of the store")
    .action(() => {
      plan((context) =>
        withSession(context, { create: false }, async (session) => {
          await showAll(context, session.listFlows(), {
            head: ["flow", "format", "what", "label"],
            toRow: (flow) => [
              flow.id,
              describeFormat(flow.format),
              describeFlow(flow),
              flow.label ?? "",
            ],
            none: "There are no flows; take a file in: sluice ingest FILE",
          });
          return undefined;
        }),
      );
    });
}
