import type { FlowSession } from "@sluice/store";
import type { Flow } from "@sluice/tams";
import { from, type Stream } from "sluice";

const MULTI = "urn:x-nmos:format:multi";

/** Gives the flows that are meant: those that are named, or all; each has to be there. */
export function findFlows(
  session: FlowSession,
  named: readonly string[],
): Stream<Flow> {
  return named.length === 0
    ? session.listFlows()
    : from(named).map((id) => session.getFlow(id));
}

/**
 * Finds the flows with segments of their own, of those that a flow collects, or that flow
 * itself; each with its extent.
 */
export async function listMembers(
  session: FlowSession,
  flowId: string,
): Promise<readonly Flow[]> {
  const flow = await session.store.getFlow(flowId, { timerange: true });
  if (flow.format !== MULTI) return [flow];
  const members: Flow[] = [];
  for (const { id } of flow.flow_collection ?? []) {
    members.push(...(await listMembers(session, id)));
  }
  return members;
}
