/* bench/README.md, from what the benches said: nothing in it is written by hand. */

export interface Row {
  bench: string;
  what: string;
  value: string;
  target: string;
  /** `met`, `missed` or nothing. */
  verdict: string;
}

const HEAD = `# Benchmarks

\`npm run bench -- all\` runs every bench and writes this file. Each figure is measured against a bare
baseline in the same run: the ratios tell something on another machine, the milliseconds do not.

| bench | runs |
|---|---|
| \`npm run bench -- startup\` | the built program against bare \`node -e 0\` (P3) |
| \`npm run bench -- engine\` | a whole \`check\` against the latency alone, bare undici, curl and the official client (P1, P2) |
| \`npm run bench -- render\` | the formats over reports of up to 100,000 cells against \`JSON.stringify\` (P6) |
| \`npm run bench -- memory\` | the most memory that a large \`check\` held (P4) |
| \`npm run bench -- npx\` | the packed file, installed into an empty folder with an empty cache (P5) |
| \`npm run bench -- explain\` | \`explain\` over 10 MB of hostile logs against splitting them into lines (P7) |
| \`npm run bench -- safety\` | late requests, memory at the caps, kill -9, determinism, a soak (G3, G4, G6, G14, G18) |

## The last run

| command | what | figure | target | |
|---|---|---|---|---|
`;

export function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ bench, what, value, target, verdict }) =>
      `| ${bench} | ${cell(what)} | ${cell(value)} | ${cell(target)} | ${verdict === 'missed' ? '**missed**' : verdict} |\n`,
  );
  return `${HEAD}${lines.join('')}`;
}

const cell = (text: string) => text.replace(/[|\\]/g, '\\$&').replace(/\s+/g, ' ');
