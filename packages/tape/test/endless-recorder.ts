// Run as a program of its own, and killed: records bytes that count 0…250 over and over into the tape it is told.
import { createTape } from "@ssert/tape";

const [, , path = ""] = process.argv;
const tape = await createTape(path, {
  ssert: 1,
  recordedAt: new Date().toISOString(),
  tool: "ssert 0.1.0",
  provenance: "recorded",
  boundaries: "exact",
  request: { method: "POST", url: "http://127.0.0.1/", headers: {}, body: "x".repeat(200_000) },
});
for (let sent = 0, turn = 0; ; turn += 1) {
  const chunk = Uint8Array.from({ length: [3, 90, 1400, 60_000][turn % 4] ?? 1 }, (_, index) => (sent + index) % 251);
  sent += chunk.length;
  if (!tape.append(chunk, turn)) await tape.drained();
  if (turn % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
}
