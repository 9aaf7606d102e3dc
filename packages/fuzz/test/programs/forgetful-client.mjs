// A client with two bugs: an id counts before its block has ended, and an id that is not Latin-1 is its death. With --once it
// ends with its response.
let lastEventId = "";
let retry = 1000;
for (;;) {
  const headers = lastEventId === "" ? {} : { "last-event-id": lastEventId };
  const response = await fetch(process.env.SSERT_URL, { headers });
  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith("id: ")) lastEventId = line.slice(4);
      if (line.startsWith("retry: ")) retry = Number(line.slice(7));
      if (line.startsWith("data: ")) console.log(JSON.stringify({ data: line.slice(6), id: lastEventId }));
    }
  }
  if (process.argv.includes("--once")) break;
  await new Promise((resolve) => setTimeout(resolve, retry));
}
