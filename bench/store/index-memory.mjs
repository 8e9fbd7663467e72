/**
 * Uses a database of an index, in a process of its own, and tells how much memory that
 * process has had at most.
 */
import { openSqliteIndex } from "@sluice/store";
import { asyncWith } from "sluice";
import { queryRanges } from "./index-work.mjs";

const [path, count, times] = process.argv.slice(2);
await asyncWith(openSqliteIndex(path), (index) =>
  queryRanges(index, Number(count), Number(times)),
);
console.log(process.resourceUsage().maxRSS);
