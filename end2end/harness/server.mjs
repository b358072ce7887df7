// A sample server of its own: its port, its state folder, its PostgreSQL. Nothing is shared between test files.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const results = join(root, "end2end/results");
const ready_ms_max = 60_000;
const stop_ms_max = 30_000;
const answer_bytes_max = 1 << 28;

export function binary() {
  const found = [process.env.ROUNDS_SERVER, "target/release/server", "target/debug/server"]
    .filter(Boolean)
    .map((path) => (path.startsWith("/") ? path : join(root, path)))
    .find(existsSync);
  if (!found) throw new Error("no server to test: build it with `cargo xtask build`, or name it in ROUNDS_SERVER");
  return found;
}

export async function free_port() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

export class Server {
  #process = null;

  /**
   * `dist`: another build of the app to serve. `arguments`: other than a sample installation. `beside`: another server,
   * on whose database this one works as well.
   */
  static async start({ dist, arguments: args = ["--sample"], beside } = {}) {
    const server = new Server();
    server.beside = beside;
    server.state = await mkdtemp(join(tmpdir(), "rounds-state-"));
    // PostgreSQL does not run as root: its own user must be able to pass through.
    await chmod(server.state, 0o755);
    server.port = await free_port();
    server.origin = `http://127.0.0.1:${server.port}`;
    server.dist = dist ?? process.env.ROUNDS_DIST ?? join(root, "dist");
    server.arguments = args;
    await server.run();
    return server;
  }

  /** Starts, or starts again on the same port and state, and waits for the line that names the address. */
  async run() {
    await mkdir(results, { recursive: true });
    const log = createWriteStream(join(results, `server-${this.port}.log`), { flags: "a" });
    const { DATABASE_URL: _, ...environment } = process.env; // a PostgreSQL of its own, whatever else there is
    const child = spawn(binary(), this.arguments, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...environment,
        ROUNDS_ADDRESS: `127.0.0.1:${this.port}`,
        ROUNDS_STATE: this.state,
        ROUNDS_DIST: this.dist,
        ...(this.beside && { DATABASE_URL: await this.beside.#database_url() }),
      },
    });
    this.#process = child;
    child.stderr.pipe(log, { end: false });
    const lines = createInterface({ input: child.stdout });
    const said = [];
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`server not ready:\n${said.join("\n")}`)), ready_ms_max);
      lines.on("line", (line) => {
        log.write(`${line}\n`);
        said.push(line);
        if (line.includes(this.origin)) {
          clearTimeout(timer);
          resolve();
        }
      });
      child.once("exit", (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`server ended (${code ?? signal}), see ${log.path}:\n${said.join("\n")}`));
      });
    });
    this.said = said;
  }

  get pid() {
    return this.#process?.pid;
  }

  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit", { signal: AbortSignal.timeout(stop_ms_max) });
    child.kill(signal);
    await ended;
  }

  /** As a power cut would: nothing is said, nothing is flushed. Its PostgreSQL is left behind, as it would be. */
  kill() {
    return this.#end("SIGKILL");
  }

  /** As an administrator would. */
  stop() {
    return this.#end("SIGTERM");
  }

  async restart() {
    await this.stop();
    await this.run();
  }

  /** The database's main process, as PostgreSQL itself notes it. */
  async #database_pid() {
    const note = await readFile(join(this.state, "postgres/data/postmaster.pid"), "utf8");
    return Number(note.split("\n")[0]);
  }

  async kill_database() {
    process.kill(await this.#database_pid(), "SIGKILL");
  }

  /** Stops, ends a PostgreSQL that outlived a killed server, and removes the state. */
  async remove() {
    await this.stop();
    const left = await this.#database_pid().catch(() => null); // no note: it was stopped
    if (left) {
      try {
        process.kill(left, "SIGQUIT");
      } catch {
        // it had gone already
      }
    }
    await rm(this.state, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  async #database_url() {
    return (await readFile(join(this.state, "postgres.url"), "utf8")).trim();
  }

  /** A copy of the whole database, as an operator makes it every night. */
  async back_up() {
    await promisify(execFile)("pg_dump", ["--format=custom", "--file", this.#backup, "--dbname", await this.#url()]);
  }

  /** Puts the copy back while no server runs. */
  async restore() {
    const url = await this.#url();
    await promisify(execFile)("pg_restore", ["--clean", "--if-exists", "--dbname", url, this.#backup]);
  }

  /** What an operator does then; ends the PostgreSQL a killed server left behind. */
  async begin_epoch() {
    await promisify(execFile)(binary(), ["begin-epoch", "--state", this.state]);
  }

  get #backup() {
    return join(this.state, "backup");
  }

  async #url() {
    return (await readFile(join(this.state, "postgres.url"), "utf8")).trim();
  }

  async #psql(statement) {
    const url = await this.#database_url();
    const { stdout } = await promisify(execFile)(
      "psql",
      ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement],
      { maxBuffer: answer_bytes_max },
    );
    return stdout;
  }

  /** Changes what the database holds, behind the server's back. */
  async execute(statement) {
    await this.#psql(statement);
  }

  /** Rows of a query as objects, past row-level security: the truth that tests compare with. */
  async sql(query) {
    return JSON.parse(await this.#psql(`select coalesce(json_agg(answer), '[]') from (${query}) answer`));
  }

  /** The first column of the first row. */
  async value(query) {
    const [row] = await this.sql(query);
    return row && Object.values(row)[0];
  }
}
