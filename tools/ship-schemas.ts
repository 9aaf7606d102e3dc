// Puts the schema of protocol files where `@ssert/protocol` is packed from, so that a protocol file can name it:
// `"$schema": "./node_modules/@ssert/protocol/protocol.schema.json"`.
//
//   node tools/ship-schemas.ts        (part of `pnpm build`)
import { copyFile } from "node:fs/promises";

const root = new URL("..", import.meta.url);
await copyFile(new URL("schemas/protocol.schema.json", root), new URL("packages/protocol/protocol.schema.json", root));
