/**
 * Starts tasks, at most `ahead` of them at once beyond the one whose turn it is, and gives their results in the order of the
 * tasks: what is done early waits, so that memory stays bounded. Starts none any more once it is returned or has thrown.
 */
export async function* inOrder<T>(tasks: Iterable<() => Promise<T>>, ahead: number): AsyncGenerator<T> {
  const under: Promise<T>[] = [];
  for (const start of tasks) {
    const task = start();
    task.catch(() => {}); // told when its turn comes, if it comes
    under.push(task);
    if (under.length <= ahead) continue;
    const first = under.shift();
    if (first) yield await first;
  }
  for (const task of under) yield await task;
}
