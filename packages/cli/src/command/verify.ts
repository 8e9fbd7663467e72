import type { TimeRange } from "@sluice/time";
import type { Command } from "commander";
import { withSession } from "../connect.ts";
import { exitCodes } from "../exit-codes.ts";
import { findFlows, listMembers } from "../find-flows.ts";
import { parseTimeRange } from "../option-values.ts";
import { writeJsonLine } from "../output/json-lines.ts";
import { showOne } from "../output/show.ts";
import { writeText } from "../output/write-text.ts";
import type { Plan } from "../work.ts";

interface VerifyWords {
  readonly timerange?: TimeRange;
  readonly decode?: boolean;
}

/** `verify`: looks whether all that the timelines tell is there. */
export function addVerify(program: Command, plan: Plan): Command {
  return program
    .command("verify [flow...]")
    .description(
      "look whether objects are there, with the bytes that were written",
    )
    .option("--timerange <range>", "only a part of them", parseTimeRange)
    .option("--decode", "take objects apart, and count their samples")
    .action((flowIds: string[], { timerange, decode = false }: VerifyWords) => {
      plan((context) =>
        withSession(context, { create: false }, async (session) => {
          const { io, json } = context;
          const flows = await findFlows(session, flowIds)
            .withOptions({ signal: io.signal })
            .flatMap(({ id }) => listMembers(session, id))
            .map(({ id }) => id)
            .toSet();
          let problems = 0;
          for (const id of flows) {
            const findings = session
              .verify(id, { timerange, decode })
              .withOptions({ signal: io.signal });
            for await (const { problem, segment, objectId, text } of findings) {
              problems += 1;
              const { timerange: place } = segment;
              const document = {
                flow: id,
                problem,
                segment: place,
                object: objectId,
                text,
              };
              if (json) await writeJsonLine(context, document);
              else await writeText(io.stdout, `${id} ${place}: ${text}\n`);
            }
          }
          const summary = { flows: flows.size, problems };
          await showOne(context, summary, [
            `Looked at ${flows.size} flows: ${problems === 0 ? "all is well" : `${problems} problems`}`,
          ]);
          return problems === 0 ? exitCodes.done : exitCodes.damaged;
        }),
      );
    });
}
