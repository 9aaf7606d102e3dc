import { Playback, type Sink } from "../playback.ts";
import type { Steps } from "../steps.ts";
import type { Timer } from "../timer.ts";
import type { Session } from "./session.ts";

/**
 * Works on messages. "Once a message starts, the agent runs to completion even if you disconnect" (the API's page): a turn
 * is stopped by the end of the server only, and its session is busy until then.
 */
export class Agent {
  readonly #timer: Timer;
  readonly #turns = new Set<Playback>();

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  /** Plays the answer into the client's sink. The session is busy at once, and free again before the client sees the end. */
  async run(session: Session, steps: Steps, client: Sink): Promise<void> {
    if (!session.begin()) throw new Error(`session ${session.id} is busy`);
    let ended = false;
    const finish = (): void => {
      // Once only: the next message may have begun by the time that everything here is tidied up.
      if (!ended) session.finish();
      ended = true;
    };
    const turn = new Playback(withEnd(client, finish), this.#timer);
    this.#turns.add(turn);
    try {
      await turn.play(steps);
    } finally {
      this.#turns.delete(turn);
      finish();
    }
  }

  /** Breaks every turn off. */
  stop(): void {
    for (const turn of this.#turns) turn.stop();
  }
}

/** The sink, and something to do just before its end. */
function withEnd(sink: Sink, beforeEnd: () => void): Sink {
  return {
    flush: () => sink.flush(),
    cork: () => sink.cork(),
    uncork: () => sink.uncork(),
    write: (bytes, framed) => sink.write(bytes, framed),
    drained: () => sink.drained(),
    end: (how) => {
      beforeEnd();
      sink.end(how);
    },
  };
}
