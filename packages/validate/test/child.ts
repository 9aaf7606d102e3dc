// Validates the file that it is given, as Pokee, and prints the report and the most memory that it took, as JSON.
import { builtinProtocol } from "@ssert/protocol";
import { validateStream } from "@ssert/validate";

const [source = ""] = process.argv.slice(2);
const report = await validateStream({ kind: "file", source }, { protocol: () => builtinProtocol("pokee") });
process.stdout.write(JSON.stringify({ report, peakKiB: process.resourceUsage().maxRSS }));
