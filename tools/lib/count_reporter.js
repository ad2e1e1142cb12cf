// A reporter for node --test: prints what fails, and leaves the counts in the file COUNT_FILE.

import { writeFileSync } from "node:fs";
import { inspect } from "node:util";

/** Groups, and files as such, are no tests of their own unless they fail by themselves. */
function isTest(data) {
  return data.details?.type !== "suite" && !/\.m?js$/.test(data.name);
}

/** What went wrong and where, without the frames of Node itself. */
function describe(error) {
  const cause = error?.cause ?? error;
  const frames = String(cause?.stack ?? "").split("\n");
  const own = frames.filter((line) => /^\s+at .*file:/.test(line)).map((line) => `\n${line}`);
  return `${cause?.message || inspect(cause, { depth: 1 })}${own.slice(0, 3).join("")}`;
}

export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0, reasons: {} };
  for await (const { type, data } of events) {
    if (type === "test:pass" && isTest(data)) {
      const reason = data.skip ?? data.todo;
      if (reason === undefined) {
        counts.passed += 1;
      } else {
        counts.skipped += 1;
        counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
      }
    } else if (type === "test:fail") {
      const error = data.details.error;
      if (error?.failureType === "subtestsFailed") continue;
      counts.failed += 1;
      yield `not ok: ${data.name}\n${describe(error)}\n`;
    } else if (type === "test:stderr" || type === "test:stdout") {
      yield data.message;
    }
  }
  if (process.env.COUNT_FILE) writeFileSync(process.env.COUNT_FILE, JSON.stringify(counts));
}
