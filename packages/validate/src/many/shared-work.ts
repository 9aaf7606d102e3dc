/** Where work goes that need not be done here. */
export interface Others<Task, Result> {
  run(task: Task): Promise<Result>;
  /** Tasks that they take at once, those that wait for their turn included: enough that none of them has to wait for us. */
  readonly slots: number;
  /** Whether they can do it at all. */
  takes(task: Task): boolean;
}

/**
 * Tasks done here between two turns of the event loop, where nobody else works: small files are done without waiting, and
 * Ctrl-C would not be heard before the last of 100,000.
 */
const TASKS_A_TURN = 50;

/** Results that are done early wait for their turn, so many at most: memory stays bounded when one task takes long. */
const MOST_WAITING = 64;

/**
 * Does tasks, here and by others at once, and gives the results in the order of the tasks. This thread works too: it has
 * begun long before a new thread is ready, and would otherwise only wait.
 */
export async function* sharedWork<Task, Result>(
  tasks: Iterable<Task>,
  here: (task: Task) => Promise<Result>,
  others: Others<Task, Result> | undefined,
): AsyncGenerator<Result> {
  const begun: { readonly result: Promise<Result>; done: boolean }[] = [];
  let away = 0;
  let doneHere = 0;
  for (const task of tasks) {
    if (others?.takes(task) && away < others.slots) {
      away++;
      const entry = { result: others.run(task), done: false };
      const back = (): void => {
        away--;
        entry.done = true;
      };
      entry.result.then(back, back);
      begun.push(entry);
    } else {
      const result = await here(task);
      begun.push({ result: Promise.resolve(result), done: true });
      doneHere++;
      // Lets in what the others say, and signals.
      if (others || doneHere % TASKS_A_TURN === 0) await new Promise(setImmediate);
    }
    while (begun[0]?.done || begun.length > MOST_WAITING) {
      const first = begun.shift();
      if (first) yield await first.result;
    }
  }
  for (const { result } of begun) yield await result;
}
