/** What can be queued: in one queue at a time. */
interface Linked<T> {
  next: T | undefined;
}

/** A queue of what has a link for it, so that none is made. */
export class Queue<T extends Linked<T>> {
  first: T | undefined;
  #last: T | undefined;

  push(item: T): void {
    if (this.first === undefined) this.first = item;
    else if (this.#last !== undefined) this.#last.next = item;
    this.#last = item;
  }

  shift(): T | undefined {
    const { first } = this;
    if (first !== undefined) {
      this.first = first.next;
      first.next = undefined;
    }
    return first;
  }
}
