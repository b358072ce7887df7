// Issue, bad input: a server that cannot start says what is wrong and what to do, and is gone; one whose database is
// away waits for it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { binary, free_port, Server } from "./harness/server.mjs";

const ends_ms_max = 20_000;

function start(state, address, variables = {}, args = []) {
  const { DATABASE_URL: _, ...environment } = process.env;
  return spawn(binary(), args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...environment, ROUNDS_ADDRESS: address, ROUNDS_STATE: state, NO_COLOR: "1", ...variables },
  });
}

/** What it says when it gives up. */
async function refusal(child) {
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
  const timer = setTimeout(() => child.kill("SIGKILL"), ends_ms_max);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  assert.equal(code, 1, `it ended by itself, saying: ${said}`);
  return said;
}

async function in_folder(play) {
  const state = await mkdtemp(join(tmpdir(), "rounds-start-"));
  try {
    await play(state, `127.0.0.1:${await free_port()}`);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

test("a port that is taken is named, and another one asked for", () =>
  in_folder(async (state, address) => {
    const [, port] = address.split(":");
    const other = createServer().listen(Number(port), "127.0.0.1");
    await once(other, "listening");
    assert.match(await refusal(start(state, address)), new RegExp(`${address} is in use.*ROUNDS_ADDRESS`));
    other.close();
  }));

test("a state folder that cannot be written is named", () =>
  in_folder(async (state, address) => {
    const file = join(state, "a-file");
    await writeFile(file, "");
    assert.match(await refusal(start(join(file, "var"), address)), /state folder .*a-file\/var cannot be written.*ROUNDS_STATE/);
  }));

test("without PostgreSQL it says how to come by one", () =>
  in_folder(async (state, address) => {
    const said = await refusal(start(state, address, { ROUNDS_POSTGRES_BIN: join(state, "none") }));
    assert.match(said, /no PostgreSQL found.*apt-get install postgresql.*DATABASE_URL/);
  }));

test("a DATABASE_URL that is none is refused, and not repeated with its password", () =>
  in_folder(async (state, address) => {
    const said = await refusal(start(state, address, { DATABASE_URL: "nonsense:secret-canary" }));
    assert.match(said, /DATABASE_URL is not like postgres:\/\//);
    assert.doesNotMatch(said, /secret-canary/);
  }));

test("a sample listens on loopback only", () =>
  in_folder(async (state) => {
    assert.match(await refusal(start(state, "0.0.0.0:0", {}, ["--sample"])), /known passwords.*loopback only/);
  }));

test("a database that is away is waited for, and nothing of its address is said", () =>
  in_folder(async (state, address) => {
    const child = start(state, address, { DATABASE_URL: `postgres://rounds:secret-canary@127.0.0.1:1/rounds` });
    try {
      for await (const line of createInterface({ input: child.stderr })) {
        assert.doesNotMatch(line, /secret-canary/);
        if (/the database cannot be used yet, trying again/.test(line)) break;
      }
      const answer = await fetch(`http://${address}/api/v1/session`, { method: "GET" });
      assert.ok(answer.status === 503 || answer.status === 401, `${answer.status}`);
    } finally {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
  }));

test("an installation that is no sample holds nobody, and names a one-time link for its first administrator", async () => {
  const server = await Server.start({ arguments: [] });
  try {
    assert.equal(await server.value("select count(*)::int from employee"), 0);
    assert.equal(await server.value("select count(*)::int from customer"), 0);
    assert.match(server.said.join("\n"), /\/app\/setup[#?/]/);
  } finally {
    await server.remove();
  }
});
