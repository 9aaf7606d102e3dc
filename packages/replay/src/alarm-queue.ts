/** Something to do at a time, in a queue or (`index` -1) out of it. */
export interface Alarm {
  readonly atMs: number;
  readonly run: () => void;
  /** Place in the queue's heap, so that calling it off need not search. */
  index: number;
}

/** Alarms with the earliest first: a binary heap, so that adding and removing one of 2,000 moves some ten of them. */
export class AlarmQueue {
  readonly #heap: Alarm[] = [];

  get first(): Alarm | undefined {
    return this.#heap[0];
  }

  add(atMs: number, run: () => void): Alarm {
    const alarm: Alarm = { atMs, run, index: this.#heap.length };
    this.#heap.push(alarm);
    this.#rise(alarm);
    return alarm;
  }

  /** Does nothing where the alarm has left the queue before. */
  remove(alarm: Alarm): void {
    const { index } = alarm;
    if (this.#heap[index] !== alarm) return;
    alarm.index = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === alarm) return;
    this.#put(last, index);
    this.#sink(last);
    this.#rise(last);
  }

  #rise(alarm: Alarm): void {
    for (;;) {
      const { index } = alarm;
      const parent = index === 0 ? undefined : this.#heap[(index - 1) >> 1];
      if (parent === undefined || parent.atMs <= alarm.atMs) return;
      this.#put(alarm, parent.index);
      this.#put(parent, index);
    }
  }

  #sink(alarm: Alarm): void {
    for (;;) {
      const { index } = alarm;
      const left = this.#heap[index * 2 + 1];
      const right = this.#heap[index * 2 + 2];
      const child = left !== undefined && right !== undefined && right.atMs < left.atMs ? right : left;
      if (child === undefined || child.atMs >= alarm.atMs) return;
      this.#put(alarm, child.index);
      this.#put(child, index);
    }
  }

  #put(alarm: Alarm, index: number): void {
    this.#heap[index] = alarm;
    alarm.index = index;
  }
}
