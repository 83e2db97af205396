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
database.exec(`
  CREATE TABLE IF NOT EXISTS messages (sid TEXT PRIMARY KEY, sender TEXT, body TEXT, received_at REAL);
  CREATE TABLE IF NOT EXISTS reports (sid TEXT, status TEXT, received_at REAL);
  CREATE TABLE IF NOT EXISTS steps (sid TEXT, digits TEXT, received_at REAL);
`);
const message = database.prepare("INSERT INTO messages VALUES (?, ?, ?, ?) ON CONFLICT (sid) DO NOTHING");
const report = database.prepare("INSERT INTO reports VALUES (?, ?, ?)");
const step = database.prepare("INSERT INTO steps VALUES (?, ?, ?)");

// A slow disk stops the one thread of Node, just as a slow flush inside better-sqlite3 would.
const keep = database.transaction((statement, ...values) => {
  statement.run(...values, Date.now() / 1000);
  if (flush) Atomics.wait(clock, 0, 0, flush);
});

const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.use(express.urlencoded({ extended: false }));
// The package puts the path and the query of the request behind the host that it is told.
const signed = twilio.webhook({ protocol: "https", host: new URL(process.env.PUBLIC_URL).host });

app.post("/twilio/sms", signed, (request, response) => {
  keep(message, request.body.MessageSid, request.body.From, request.body.Body);
  const answer = new twilio.twiml.MessagingResponse();
  answer.message("Thank you. We have your text.");
  response.type("text/xml").send(answer.toString());
});

app.post("/twilio/status", signed, (request, response) => {
  keep(report, request.body.MessageSid, request.body.MessageStatus);
  response.status(204).end();
});

app.post("/twilio/voice", signed, (request, response) => {
  keep(step, request.body.CallSid, request.body.Digits || "");
  const answer = new twilio.twiml.VoiceResponse();
  const gather = answer.gather({ numDigits: 1, action: process.env.PUBLIC_URL + "/twilio/voice" });
  gather.say("For food, press 1. For a ride, press 2.");
  response.type("text/xml").send(answer.toString());
});

const server = app.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});
