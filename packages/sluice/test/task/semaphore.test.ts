import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asyncExit, asyncWith, Semaphore } from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { loopTurns } from "../support/loop-turns.ts";

describe("Semaphore", () => {
  it("2.10.3 a permit is given back once: again does nothing, where Python's BoundedSemaphore raises (differs)", async () => {
    const semaphore = new Semaphore(2);
    const permit = await semaphore.acquire();

    permit.release();
    permit.release();
    permit[Symbol.dispose]();

    expect(semaphore.available).toBe(2);
  });

  it("2.10.3 a block cannot be left that was not entered: a TypeError", () => {
    const semaphore = new Semaphore(1);

    expect(() => {
      semaphore[asyncExit]();
    }).toThrow(TypeError);
  });

  it("2.10.5 a newcomer cannot overtake those who wait", async () => {
    const semaphore = new Semaphore(1);
    const held = await semaphore.acquire();
    const waiting = semaphore.acquire();

    held.release();

    expect(semaphore.tryAcquire()).toBeUndefined();
    (await waiting).release();
  });

  it("lets so many blocks go on at a time", async () => {
    const semaphore = new Semaphore(2);
    const work = createDeferred();
    let running = 0;
    const run = (): Promise<void> =>
      asyncWith(semaphore, () => {
        running += 1;
        return work.promise;
      });

    const all = Promise.all([run(), run(), run()]);
    await loopTurns();

    expect(running).toBe(2);
    work.resolve();
    await all;
  });

  it("tells how many permits are free", async () => {
    const semaphore = new Semaphore(2);
    const seen = [semaphore.available];

    const permit = await semaphore.acquire();
    seen.push(semaphore.available);
    semaphore.tryAcquire();
    seen.push(semaphore.available);
    permit.release();
    seen.push(semaphore.available);

    expect(seen).toEqual([2, 1, 0, 1]);
  });

  it("gives a permit that is free without waiting", () => {
    const semaphore = new Semaphore(1);

    const permit = semaphore.tryAcquire();

    expect(permit).toBeDefined();
    expect(semaphore.tryAcquire()).toBeUndefined();
  });

  it("refuses to be made with no permits", () => {
    expect(() => new Semaphore(0)).toThrow(RangeError);
  });

  it.each([-1, 1.5, NaN, Infinity, "2", 2n, undefined, null])(
    "refuses to be made with %o permits",
    (permits) => {
      expect(() => new Semaphore(permits as never)).toThrow(RangeError);
    },
  );

  it("rejects where the signal is none, and takes no permit", async () => {
    const semaphore = new Semaphore(1);

    await expect(semaphore.acquire({} as never)).rejects.toThrow(TypeError);
    expect(semaphore.available).toBe(1);
  });

  it("serves in order all who do not give up, never more than its permits at a time, and loses none", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
        async (scheduler, permits, clients) => {
          const semaphore = new Semaphore(permits);
          const came: number[] = [];
          const served: number[] = [];
          const gaveUp = new Set<number>();
          let holders = 0;
          let most = 0;
          const visit = async (
            givesUp: boolean,
            index: number,
          ): Promise<void> => {
            const controller = new AbortController();
            await scheduler.schedule(Promise.resolve(), `${index} comes`);
            came.push(index);
            const leaving = givesUp
              ? scheduler
                  .schedule(Promise.resolve(), `${index} gives up`)
                  .then(() => {
                    controller.abort();
                  })
              : undefined;
            try {
              using _permit = await semaphore.acquire(controller.signal);
              served.push(index);
              most = Math.max(most, ++holders);
              await scheduler.schedule(Promise.resolve(), `${index} is done`);
              holders -= 1;
            } catch {
              gaveUp.add(index);
            }
            await leaving;
          };

          const all = Promise.all(clients.map(visit));
          await scheduler.waitIdle();
          await all;

          expect(most).toBeLessThanOrEqual(permits);
          expect(served).toEqual(came.filter((index) => !gaveUp.has(index)));
          expect(semaphore.available).toBe(permits);
        },
      ),
    );
  });
});
