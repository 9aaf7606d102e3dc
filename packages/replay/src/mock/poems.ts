const PERSISTENT_STORAGE = `The lamp goes out, the engine sleeps,
the room forgets the words we said,
but somewhere small a spindle keeps
each line of ours, written and read.

No candle holds the night for long,
no voice outlasts the breath it spends;
yet ask the disk: it knows the song,
and starts it where the silence ends.`;

const STREAM = `It does not come as one great wave,
it comes as drops, and each is small;
a word, a pause, and what they gave
is more than one long breath of all.

So let it run, and do not wait
until the river is complete:
who reads it early, reads it late,
both find the same line at their feet.`;

/** The poem that fits what was asked for. */
export function poemFor(message: string): string {
  return /\b(?:stor(?:e|ed|age)|persist\w*|disks?)\b/iu.test(message) ? PERSISTENT_STORAGE : STREAM;
}
