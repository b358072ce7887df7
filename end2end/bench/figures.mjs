// Figures with what they are held against; a table for people and JSON for the next comparison.
import { writeFile } from "node:fs/promises";

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export class Figures {
  #rows = [];

  /** `at_most` or `at_least`: what we mean to reach; neither for a figure that only stands beside others. */
  add(name, value, unit, { at_most, at_least } = {}) {
    const reached =
      at_most !== undefined ? value <= at_most : at_least !== undefined ? value >= at_least : undefined;
    const wanted = at_most !== undefined ? `≤ ${at_most}` : at_least !== undefined ? `≥ ${at_least}` : "";
    const row = { name, value: Math.round(value * 100) / 100, unit, wanted, reached };
    this.#rows.push(row);
    console.log(`  ${row.name}: ${row.value} ${unit} ${wanted && `(wanted ${wanted}: ${reached ? "yes" : "NO"})`}`);
  }

  print() {
    const width = Math.max(...this.#rows.map(({ name }) => name.length));
    console.log();
    for (const { name, value, unit, wanted, reached } of this.#rows) {
      const sign = reached === undefined ? " " : reached ? "✓" : "✗";
      console.log(`${sign} ${name.padEnd(width)}  ${String(value).padStart(10)} ${unit.padEnd(6)} ${wanted}`);
    }
  }

  save(path) {
    return writeFile(path, `${JSON.stringify(this.#rows, null, 2)}\n`);
  }
}
