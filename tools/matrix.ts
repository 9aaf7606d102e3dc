import { parseArgs } from "node:util";
import { runMatrix } from "../packages/fuzz/src/index.ts";
import { builtinProtocol, builtinProtocols } from "../packages/protocol/src/index.ts";

// `pnpm matrix`: the matrix of every protocol and variant with many more mutants a rule than the tests take. Exits with 1 unless
// all of them are diagonal. What is wrong is shown in full by `ssert protocol matrix NAME --count N --seed S`.
const { values, positionals } = parseArgs({
  options: { count: { type: "string", default: "5000" }, seed: { type: "string", default: "1" } },
  allowPositionals: true,
});
const count = Number(values.count);
const seed = Number(values.seed);
const all = builtinProtocols().flatMap(({ name, variants }) => [
  name,
  ...variants.map((variant) => `${name}+${variant}`),
]);

for (const name of positionals.length === 0 ? all : positionals) {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`there is no protocol ${name}`);
  const began = performance.now();
  const { rows, diagonal } = runMatrix(protocol, { count, seed });
  const mutants = rows.reduce((sum, row) => sum + row.mutants, 0);
  const few = rows.filter((row) => row.mutants < count).map((row) => `${row.rule} ${row.mutants}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${name}: ${diagonal ? "diagonal" : "NOT DIAGONAL"}, ${mutants} mutants of ${rows.length} rules, ${seconds} s`,
  );
  if (few.length > 0) console.log(`  fewer than ${count}: ${few.join(", ")}`);
  for (const { rule, miss, mutants: made, diagonal: right } of rows) {
    if (miss === undefined) continue;
    process.exitCode = 1;
    console.log(
      `  ${rule}: ${made - right} of ${made}: ${miss.mutant.change}; found ${miss.found.join(" ") || "nothing"} (seed ${miss.number})`,
    );
  }
  if (!diagonal) process.exitCode = 1;
}
