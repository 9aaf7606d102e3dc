// Node's own EventSource as an `http:` target: node --experimental-eventsource eventsource-client.mjs
const source = new EventSource(process.env.SSERT_URL);
for (const type of ["message", "a", "b", "c", "d"]) {
  source.addEventListener(type, ({ data, lastEventId }) => {
    console.log(JSON.stringify({ event: type, data, id: lastEventId }));
  });
}
// Its timer for connecting again keeps no process alive.
setInterval(() => {}, 1000);
