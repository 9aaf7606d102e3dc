import { decodeBody, encodeBody, isEventStream, keptHeaders, keptUrl } from "@ssert/tape";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("headers that are kept", () => {
  it("are those that say what was exchanged", () => {
    const headers = {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Content-Encoding": "gzip",
      Accept: "*/*",
      "Retry-After": "3",
      "X-Request-Id": "req_1",
      "anthropic-version": "2023-06-01",
      "x-goog-api-version": "3",
    };
    expect(keptHeaders(headers)).toEqual(
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    );
  });

  it("never are those that open something", () => {
    const secrets = [
      "Authorization",
      "Proxy-Authorization",
      "Cookie",
      "Set-Cookie",
      "X-Api-Key",
      "api-key",
      "x-auth-token",
    ];
    const others = [
      "x-goog-api-key",
      "x-amz-security-token",
      "location",
      "referer",
      "mcp-session-id",
      "idempotency-key",
    ];
    expect(keptHeaders(Object.fromEntries([...secrets, ...others].map((name) => [name, "s3cret"])))).toEqual({});
  });

  it("never are of a name that no one thought of", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^x-[a-z]{1,12}(-key|-token|-secret|-id)$/), fc.string()),
        (headers) => {
          const { "x-request-id": _, "x-correlation-id": __, ...unknown } = headers;
          expect(keptHeaders(unknown)).toEqual({});
        },
      ),
    );
  });

  it("are joined where there are several, and left out where there is none", () => {
    expect(keptHeaders({ vary: ["accept", "origin"], date: undefined })).toEqual({ vary: "accept, origin" });
  });
});

describe("a URL that is kept", () => {
  it.each([
    ["https://user:pass@api.example:8443/v1?x=1#top", "https://api.example:8443/v1?x=1"],
    ["http://token@h", "http://h"],
    ["http://h/@a/b@c?q=d@e", "http://h/@a/b@c?q=d@e"],
    ["http://h?key=s3cret", "http://h?key=redacted"],
    ["/v1/messages?api_key=s3cret&stream=true", "/v1/messages?api_key=redacted&stream=true"],
    [
      "/?apiKey=s3cret&accessToken=s3cret&X-Amz-Signature=s3cret",
      "/?apiKey=redacted&accessToken=redacted&X-Amz-Signature=redacted",
    ],
    [
      "/?a%70i_key=s3cret&x[token]=s3cret&%zz_token=s3cret&sig=s3c?ret=",
      "/?a%70i_key=redacted&x[token]=redacted&%zz_token=redacted&sig=redacted",
    ],
    ["/?max_tokens=9&keyword=sse&monkey=1&key&=token", "/?max_tokens=9&keyword=sse&monkey=1&key&=token"],
    ["/?q=a%20b+c&&d=%7B%7D", "/?q=a%20b+c&&d=%7B%7D"],
  ])("%s → %s", (url, kept) => {
    expect(keptUrl(url)).toBe(kept);
  });

  it("is kept the second time as the first", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(keptUrl(keptUrl(url))).toBe(keptUrl(url));
      }),
    );
  });
});

describe("a request's body", () => {
  it("is text where it is UTF-8, to the byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(encodeBody(bytes)).toBe(text === "" ? undefined : text);
      }),
    );
    expect(encodeBody(Buffer.from("\uFEFFa"))).toBe("\uFEFFa");
  });

  it("is base64 where it is not", () => {
    expect(encodeBody(Uint8Array.of(0xff, 0x00))).toEqual({ base64: "/wA=" });
  });

  it("comes back as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(Buffer.from(decodeBody(encodeBody(bytes))).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });
});

describe("an event stream", () => {
  it.each([
    ["text/event-stream", true],
    ["Text/Event-Stream ;charset=utf-8", true],
    ["text/event-streams", false],
    ["application/json", false],
    [undefined, false],
  ])("content-type %s: %s", (type, expected) => {
    expect(isEventStream({ status: 500, headers: type === undefined ? {} : { "content-type": type } })).toBe(expected);
  });
});
