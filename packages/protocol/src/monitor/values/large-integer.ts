/**
 * An integer beyond 2^53, as it is written. 9007199254740993 and 9007199254740992 are two numbers, though one double: a server
 * that passes ids through doubles sends the one for the other, and that is what a join is there to find. How such a number is
 * spelled does not matter: 1e22 has the same digits as 10000000000000000000000. Other numbers are what doubles make of them.
 */
export class LargeInteger {
  readonly source: string;
  /** Its digits without the zeros at their end, and how many those are: the same for every spelling. */
  readonly canonical: string;

  constructor(source: string, canonical: string) {
    this.source = source;
    this.canonical = canonical;
  }
}
