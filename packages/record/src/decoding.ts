import type { Transform } from "node:stream";
import * as zlib from "node:zlib";

/** Decodes a response's content as it comes, and hands it over with the boundaries that the decoder makes. */
export interface Decoding {
  /** False: await `drained()` before writing more. What follows a fault is dropped. */
  write(raw: Uint8Array): boolean;
  drained(): Promise<void>;
  /** Nothing more comes. Resolves when all that can be decoded was handed over; false if content was broken or cut. */
  end(): Promise<boolean>;
  /** Holds back what is decoded while the tape catches up. */
  pause(): void;
  resume(): void;
}

export interface DecodingHandlers {
  bytes(decoded: Uint8Array): void;
  /** Content that cannot be decoded, as soon as it shows. */
  broken(): void;
}

/** Decoded bytes come in chunks of up to this many, the most that Node's parser hands over: the default, 16 KiB, would cut. */
const CHUNK_BYTES = 64 * 1024;

type Factory = (first: Uint8Array) => Transform;

// Z_SYNC_FLUSH lets everything through at once; that the end is whole is checked all the same. The others do so anyway.
const gunzip: Factory = () => zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES });

/** `deflate` is zlib's format; some servers send it bare (RFC 9110, 8.4.1.2), which the first byte tells. */
const inflate: Factory = ([first = 0]) => {
  const options = { flush: zlib.constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES };
  return (first & 0x0f) === 8 ? zlib.createInflate(options) : zlib.createInflateRaw(options);
};

const brotli: Factory = () => zlib.createBrotliDecompress({ chunkSize: CHUNK_BYTES });

/** Node has it from 22.15 on. */
const zstd: Factory | undefined =
  "createZstdDecompress" in zlib ? () => zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES }) : undefined;

const DECODERS: ReadonlyMap<string, Factory | undefined> = new Map([
  ["gzip", gunzip],
  ["x-gzip", gunzip],
  ["deflate", inflate],
  ["br", brotli],
  ["zstd", zstd],
]);

/**
 * How a `content-encoding` (RFC 9110, 8.4) is undone; undefined where nothing is to undo, `"unknown"` for a coding that we do
 * not know and for several on top of each other.
 */
export function createDecoding(
  contentEncoding: string | undefined,
  handlers: DecodingHandlers,
): Decoding | "unknown" | undefined {
  if (!isEncoded(contentEncoding)) return undefined;
  const factory = DECODERS.get((contentEncoding ?? "").trim().toLowerCase());
  return factory ? decodeLazily(factory, handlers) : "unknown";
}

export function isEncoded(contentEncoding: string | undefined): boolean {
  return !["", "identity"].includes((contentEncoding ?? "").trim().toLowerCase());
}

/** A body without a byte, as HEAD and 304 have, is no broken gzip: nothing is decoded before the first byte. */
function decodeLazily(factory: Factory, handlers: DecodingHandlers): Decoding {
  let decoding: Decoding | undefined;
  return {
    write(raw) {
      decoding ??= decodeWith(factory(raw), handlers);
      return decoding.write(raw);
    },
    drained: async () => decoding?.drained(),
    end: async () => decoding?.end() ?? true,
    pause: () => decoding?.pause(),
    resume: () => decoding?.resume(),
  };
}

function decodeWith(decoder: Transform, handlers: DecodingHandlers): Decoding {
  let whole = true;
  const closed = new Promise<void>((resolve) => decoder.once("close", resolve));
  decoder.on("data", handlers.bytes);
  decoder.on("error", () => {
    whole = false;
    if (!decoder.writableEnded) handlers.broken();
  });
  return {
    write: (raw) => decoder.destroyed || decoder.write(raw),
    async drained() {
      if (decoder.destroyed || !decoder.writableNeedDrain) return;
      await Promise.race([closed, new Promise((resolve) => decoder.once("drain", resolve))]);
    },
    async end() {
      if (!decoder.destroyed) decoder.end();
      await closed;
      return whole;
    },
    pause: () => decoder.pause(),
    resume: () => decoder.resume(),
  };
}
