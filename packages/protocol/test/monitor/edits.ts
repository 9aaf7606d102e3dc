import type { Sent } from "./streams.ts";

/** A stream with one thing changed, and what that was. */
export interface Edited {
  readonly what: string;
  readonly events: readonly Sent[];
}

/** Every way to lose, repeat, swap or garble one event. */
export function edits(events: readonly Sent[]): readonly Edited[] {
  return events.flatMap((event, index): readonly Edited[] => {
    const at = `event ${index + 1}, ${event.type ?? event.data.slice(0, 60)}`;
    const next = events[index + 1];
    const swapped = next === undefined ? [] : [{ what: `swap ${at}`, events: events.toSpliced(index, 2, next, event) }];
    return [
      { what: `drop ${at}`, events: events.toSpliced(index, 1) },
      { what: `copy ${at}`, events: events.toSpliced(index, 0, event) },
      ...swapped,
      { what: `break the JSON of ${at}`, events: events.with(index, { ...event, data: event.data.slice(0, -1) }) },
      { what: `empty ${at}`, events: events.with(index, { ...event, data: "{}" }) },
      { what: `take the event line of ${at}`, events: events.with(index, { data: event.data }) },
    ];
  });
}

/** Every way to take away or change one property of one event. */
export function propertyEdits(events: readonly Sent[], except: readonly string[]): readonly Edited[] {
  return events.flatMap((event, index) => {
    const data: Readonly<Record<string, unknown>> = JSON.parse(event.data);
    return Object.entries(data).flatMap(([name, value]): readonly Edited[] => {
      if (except.includes(name)) return [];
      const { [name]: _, ...rest } = data;
      const others = [
        { ...data, [name]: typeof value === "number" ? value + 5 : "other" },
        { ...data, [name]: [1] },
        rest,
      ];
      return others.map((changed) => ({
        what: `event ${index + 1} becomes ${JSON.stringify(changed)}`,
        events: events.with(index, { ...event, data: JSON.stringify(changed) }),
      }));
    });
  });
}
