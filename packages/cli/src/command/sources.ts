import type { Command } from "commander";
import { withSession } from "../connect.ts";
import { describeFormat } from "../output/describe.ts";
import { showAll } from "../output/show.ts";
import type { Plan } from "../work.ts";

/** `sources`: lists sources. */
export function addSources(program: Command, plan: Plan): Command {
  return program
    .command("sources")
    .description("list the sources of the store")
    .action(() => {
      plan((context) =>
        withSession(context, { create: false }, async (session) => {
          await showAll(context, session.listSources(), {
            head: ["source", "format", "label"],
            toRow: ({ id, format, label }) => [
              id,
              describeFormat(format),
              label ?? "",
            ],
            none: "There are no sources; take a file in: sluice ingest FILE",
          });
          return undefined;
        }),
      );
    });
}
