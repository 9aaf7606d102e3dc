import type { EventReference, Location, Related } from "@ssert/report";

/** Where something was. It holds numbers and a name only: keeping it keeps no bytes of the stream. */
export interface Place {
  /** Undefined at the end of the stream. */
  readonly event: EventReference | undefined;
  readonly location: Location;
}

/** The other place of a finding. */
export function relatedTo(message: string, place: Place | undefined): readonly Related[] {
  if (place === undefined) return [];
  const { event, location } = place;
  return [event === undefined ? { message, location } : { message, event, location }];
}
