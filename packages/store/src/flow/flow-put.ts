import type { Flow, FlowPut } from "@sluice/tams";

/** Makes of a flow's document one to be put: leaves out what a store has to tell by itself. */
export function toFlowPut({
  collected_by: _collectedBy,
  timerange: _timerange,
  segments_updated: _segmentsUpdated,
  metadata_updated: _metadataUpdated,
  profile_id: _profileId,
  read_only: _readOnly,
  ...flow
}: Flow): FlowPut {
  return flow;
}
