/** One conversation with the agent, which answers one message at a time. */
export class Session {
  readonly id: string;
  readonly persistent: boolean;
  #busy = false;

  constructor(id: string, persistent: boolean) {
    this.id = id;
    this.persistent = persistent;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Takes the session for a message; false: it is still busy with another. */
  begin(): boolean {
    if (this.#busy) return false;
    this.#busy = true;
    return true;
  }

  finish(): void {
    this.#busy = false;
  }
}

/** A load test opens sessions for hours: 100,000 take about 20 MB. */
const MAX_SESSIONS = 100_000;

export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #max: number;

  constructor(max: number = MAX_SESSIONS) {
    this.#max = max;
  }

  /** Where there are too many, the oldest that is idle is forgotten. */
  open(id: string, persistent: boolean): Session {
    if (this.#sessions.size >= this.#max) this.#forgetOne();
    const session = new Session(id, persistent);
    this.#sessions.set(id, session);
    return session;
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  #forgetOne(): void {
    for (const session of this.#sessions.values()) {
      if (session.busy) continue;
      this.#sessions.delete(session.id);
      return;
    }
  }
}
