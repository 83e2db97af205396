// (e) Express, better-sqlite3 and the carrier's package, as their own users put them together.
"use strict";

const express = require("express");
const twilio = require("twilio");
const Database = require("better-sqlite3");

const flush = Number(process.env.FLUSH_MS || 0);
const clock = new Int32Array(new SharedArrayBuffer(4));

const database = new Database(process.env.DATABASE);
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");
database.exec("CREATE TABLE IF NOT EXISTS messages (sid TEXT PRIMARY KEY, sender TEXT, body TEXT, received_at REAL)");
const insert = database.prepare("INSERT INTO messages VALUES (?, ?, ?, ?) ON CONFLICT (sid) DO NOTHING");

// A slow disk stops the one thread of Node, just as a slow flush inside better-sqlite3 would.
const keep = database.transaction((sid, sender, body) => {
  insert.run(sid, sender, body, Date.now() / 1000);
  if (flush) Atomics.wait(clock, 0, 0, flush);
});

const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.use(express.urlencoded({ extended: false }));

app.post("/twilio/sms", twilio.webhook({ url: process.env.PUBLIC_URL + "/twilio/sms" }), (request, response) => {
  keep(request.body.MessageSid, request.body.From, request.body.Body);
  const answer = new twilio.twiml.MessagingResponse();
  answer.message("Thank you. We have your text.");
  response.type("text/xml").send(answer.toString());
});

const server = app.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});
