/** As much of a stream as is read here. */
interface Readable<T> {
  next(): Promise<IteratorResult<T, undefined>>;
  return(): Promise<unknown>;
}

/** Makes a web stream that reads an item when it is asked for one, and none ahead. */
export function toWeb<T>(stream: Readable<T>): ReadableStream<T> {
  return new ReadableStream<T>(
    {
      async pull(controller) {
        const result = await stream.next();
        if (result.done === true) controller.close();
        else controller.enqueue(result.value);
      },
      async cancel() {
        await stream.return();
      },
    },
    { highWaterMark: 0 },
  );
}
