import { openSqliteIndex } from "@sluice/store";
import sqlite from "better-sqlite3";
import { randomUUID } from "node:crypto";
import { asyncWith } from "sluice";

/** The flow that all segments are of. */
export const flowId = "5f3a7ab2-0d1c-4c55-8d4f-8a4f6a6a3c11";

/** How long a segment is, in nanoseconds. */
export const duration = 2_000_000_000n;

/** Where the first one starts: in 2026, beyond 2^53. */
const origin = 1_780_000_000_000_000_000n;

/**
 * Makes the segment at a place of the flow, in an object of its own.
 *
 * @param {number} at
 */
export function makeSegment(at) {
  const start = startOf(at);
  const seconds = start / 1_000_000_000n;
  return {
    flowId,
    objectId: randomUUID(),
    start,
    end: start + duration,
    timerange: `[${seconds}:0_${seconds + 2n}:0)`,
    offset: start,
    lastDuration: 40_000_000n,
    sampleOffset: undefined,
    sampleCount: 50,
  };
}

/** @param {number} at */
export function startOf(at) {
  return origin + BigInt(at) * duration;
}

/**
 * Makes a database with so many segments: by statements of its own, without a log, and
 * with the indexes made at the end, since one segment after the other would take hours.
 *
 * @param {string} path
 * @param {number} count
 */
export async function fillDatabase(path, count) {
  await asyncWith(openSqliteIndex(path), () => undefined);
  const database = sqlite(path);
  try {
    database.pragma("journal_mode = off");
    database.pragma("synchronous = off");
    const indexes = database
      .prepare(
        "select name, sql from sqlite_master where type = 'index' and tbl_name = 'segments' and sql is not null",
      )
      .all();
    for (const { name } of indexes) database.exec(`drop index "${name}"`);
    database.transaction(() => insertAll(database, count))();
    for (const { sql } of indexes) database.exec(sql);
  } finally {
    database.close();
  }
}

/**
 * @param {sqlite.Database} database
 * @param {number} count
 */
function insertAll(database, count) {
  const insert = database.prepare(
    "insert into segments (flow_id, start_ns, end_ns, object_id, timerange, offset_ns, last_duration_ns, sample_count) values (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  for (let at = 0; at < count; at++) {
    const one = makeSegment(at);
    insert.run(
      one.flowId,
      one.start,
      one.end,
      one.objectId,
      one.timerange,
      one.offset,
      one.lastDuration,
      BigInt(one.sampleCount),
    );
  }
}
