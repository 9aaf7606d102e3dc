import type { ClientRequest, IncomingMessage } from "node:http";
import { get } from "node:http";
import { expect, it } from "vitest";
import { chunk, gate, rawServer, STREAM } from "./servers.ts";

type WatchEnd = (request: ClientRequest, response: IncomingMessage, left: (bytes: Buffer) => void) => Promise<string>;
const { watchEnd }: { watchEnd: WatchEnd } = await import(new URL("../src/end.ts", import.meta.url).href);

it("what has arrived while no one was reading is handed over when the connection is cut", async () => {
  const paused = gate();
  const server = await rawServer(async (socket) => {
    socket.write(STREAM + chunk("first"));
    await paused.opened;
    socket.end(Buffer.concat([chunk("second"), chunk("third")]));
  });
  const received: string[] = [];
  const left: string[] = [];
  const end = await new Promise((resolve) => {
    const request = get(server.url, (response) => {
      response.on("data", (bytes) => {
        received.push(String(bytes));
        response.pause();
        paused.open();
      });
      resolve(watchEnd(request, response, (bytes) => left.push(String(bytes))));
    });
  });
  expect([end, received, left.join("")]).toEqual(["cut", ["first"], "secondthird"]);
});
