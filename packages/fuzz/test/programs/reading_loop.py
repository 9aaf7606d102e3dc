# The reading loop of the Pokee API's own Python example, over httpx's iter_lines, as a `cmd:` target.
# It shows each data line as the example handles it: with the type of the last event line, at once.
import json
import struct
import sys

import httpx


def frame():
    """The chunks of the next case, or None at the end."""
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        return None
    (count,) = struct.unpack(">I", head)
    return [sys.stdin.buffer.read(struct.unpack(">I", sys.stdin.buffer.read(4))[0]) for _ in range(count)]


while (chunks := frame()) is not None:
    event = "message"
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=iter(chunks)))) as client:
        with client.stream("GET", "http://127.0.0.1/") as response:
            for line in response.iter_lines():
                if line.startswith("event:"):
                    event = line[6:].strip()
                elif line.startswith("data:"):
                    print(json.dumps({"event": event, "data": line[5:].strip()}))
    print(flush=True)
