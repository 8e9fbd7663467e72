/**
 * An operator written as a generator, and what every operator promises, checked.
 *
 * Prints:
 *     [ 1, 2, 1 ]
 *     it keeps the laws
 */
import { from, stream, type Stream } from "sluice";
import { operatorLaws } from "sluice/testing";

/** Leaves out items that are as the one before. */
function changes<T>(source: Stream<T>): Stream<T> {
  const items = stream(async function* ({ guard }) {
    let before: { item: T } | undefined;
    for (;;) {
      const { done, value } = await guard(source.next());
      if (done) return;
      if (before === undefined || before.item !== value) yield value;
      before = { item: value };
    }
  });
  // A source that ended or failed has closed itself.
  return items.onClose(
    ({ status }) => (status === "unknown" ? source.return() : undefined),
    { when: "before" },
  );
}

console.log(await changes(from([1, 1, 2, 2, 1])).toArray());

for (const { title, check } of operatorLaws((source) => changes(source))) {
  await check().catch((error: Error) => console.log(title, error.message));
}
console.log("it keeps the laws");
