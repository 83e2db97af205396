-- -- Ben gives food, ride in north
-- -- Cho gives food in north
-- -- Gus gives ride in north and wants calls
-- Ana texts: food 11216
-- Eva texts: hola
-- Eva texts: comida
-- Dora texts: volunteer
-- Dora texts: Dora
-- Ivy texts: ride 11216
-- Ivy texts: to the clinic at 12 Elm
-- Ivy texts: 1
-- Gus answers
-- Lia texts: food 11216
-- Lia texts: no
-- Lia texts: 1
-- Ben texts: YES 103
-- Mia texts: medicine 11216
-- Mia texts: insulin
-- -- Rita has a landline
-- Rita calls
-- Rita presses: 1
-- Rita presses: 1
-- Rita presses: 1
-- Rita presses: #
-- Rita presses: 1
-- Rita hangs up
-- Cho texts: yes
-- -- Sam has a landline
-- Sam calls
-- Sam presses: 1
-- Sam presses: 1
-- Sam presses: 1
-- Sam presses: 1
-- Sam presses: #
-- Sam presses: 1
-- Sam presses: 1
-- Sam presses: 2
-- Sam presses: 1
-- Sam presses: 1
-- Sam hangs up
-- -- Tom has a landline
-- Tom calls
-- Tom presses: 1
-- Tom presses: 1
-- Tom presses: 1
-- Tom presses: 1
-- Tom presses: #
-- Tom presses: 1
-- Tom presses: 1
-- Tom presses: 2
-- Tom presses: 1
-- Tom presses: 1
-- Tom hangs up
-- -- Uma has a landline
-- Uma calls
-- Uma presses: 1
-- Uma presses: 1
-- Uma presses: 1
-- Uma presses: 1
-- Uma presses: #
-- Uma presses: 1
-- Uma presses: 1
-- Uma presses: 2
-- Uma presses: 1
-- Uma presses: 1
-- Uma hangs up
-- Ben texts: YES 107
-- Sam answers
-- Ben texts: YES 108
-- Tom answers
-- Tom presses: 1
-- Ben texts: YES 109
BEGIN TRANSACTION;
CREATE TABLE alerts (
  need INTEGER NOT NULL REFERENCES needs (number),
  volunteer TEXT NOT NULL,
  wave INTEGER NOT NULL,
  sent_at DOUBLE PRECISION NOT NULL,
  answer TEXT,
  PRIMARY KEY (need, volunteer, wave)
);
INSERT INTO "alerts" VALUES(103,'+12125550110',1,1773158411.0,'yes');
INSERT INTO "alerts" VALUES(103,'+12125550112',1,1773158411.0,'stood_down');
INSERT INTO "alerts" VALUES(104,'+12125550111',1,1773158415.0,'yes');
INSERT INTO "alerts" VALUES(104,'+12125550110',1,1773158415.0,'stood_down');
INSERT INTO "alerts" VALUES(107,'+12125550110',1,1773158436.0,'yes');
INSERT INTO "alerts" VALUES(107,'+12125550111',1,1773158436.0,'stood_down');
INSERT INTO "alerts" VALUES(108,'+12125550110',1,1773158449.0,'yes');
INSERT INTO "alerts" VALUES(108,'+12125550111',1,1773158449.0,'stood_down');
INSERT INTO "alerts" VALUES(109,'+12125550110',1,1773158462.0,'yes');
INSERT INTO "alerts" VALUES(109,'+12125550111',1,1773158462.0,'stood_down');
CREATE TABLE beats (
  worker TEXT PRIMARY KEY,
  beat_at DOUBLE PRECISION NOT NULL
);
CREATE TABLE calls (
  sid TEXT PRIMARY KEY,
  party TEXT NOT NULL,
  status TEXT NOT NULL,
  seconds INTEGER NOT NULL DEFAULT 0,
  ended_at DOUBLE PRECISION NOT NULL
);
INSERT INTO "calls" VALUES('CAd592bb7ba8144be7967c675b6f470054','+12125550119','completed',6,1773158426.0);
INSERT INTO "calls" VALUES('CAf7962d31361f41a49c932f2da382dd29','+12125550120','completed',11,1773158440.0);
INSERT INTO "calls" VALUES('CAcabf630b1e874dde84f201e342d49efa','+12125550121','completed',11,1773158453.0);
INSERT INTO "calls" VALUES('CA3d9e19a154914e5897301d3e3d42ee37','+12125550122','completed',11,1773158466.0);
CREATE TABLE claims (
  need INTEGER NOT NULL REFERENCES needs (number),
  volunteer TEXT NOT NULL,
  taken_at DOUBLE PRECISION NOT NULL,
  ended_at DOUBLE PRECISION,
  outcome TEXT,
  PRIMARY KEY (need, volunteer, taken_at)
);
INSERT INTO "claims" VALUES(103,'+12125550110',1773158416.0,NULL,NULL);
INSERT INTO "claims" VALUES(104,'+12125550111',1773158427.0,NULL,NULL);
INSERT INTO "claims" VALUES(107,'+12125550110',1773158467.0,NULL,NULL);
INSERT INTO "claims" VALUES(108,'+12125550110',1773158469.0,NULL,NULL);
INSERT INTO "claims" VALUES(109,'+12125550110',1773158472.0,NULL,NULL);
CREATE TABLE deliveries (
  sid TEXT PRIMARY KEY,
  outbox INTEGER,
  status TEXT NOT NULL,
  rank INTEGER NOT NULL,
  code TEXT NOT NULL DEFAULT '',
  changed_at DOUBLE PRECISION NOT NULL
);
INSERT INTO "deliveries" VALUES('SMa1f48595f9ed4108aebf6dc5249c2523',1,'delivered',4,'',1773158411.0);
INSERT INTO "deliveries" VALUES('SMa2c75bd9839a424888a3a2f3ba5a00dd',3,'delivered',4,'',1773158415.0);
INSERT INTO "deliveries" VALUES('SM0917f597ff8c49fbb6d7a7fec9c6109a',4,'delivered',4,'',1773158415.0);
INSERT INTO "deliveries" VALUES('SM81fad915def94f6abef8754d3c4ee2be',5,'delivered',4,'',1773158416.0);
INSERT INTO "deliveries" VALUES('SM708d6249619c496db5e60c9bc0322bd1',6,'delivered',4,'',1773158427.0);
INSERT INTO "deliveries" VALUES('SM67e9a7ce461840afbea04d7129c4ee0c',7,'delivered',4,'',1773158427.0);
INSERT INTO "deliveries" VALUES('SMf8eaf814e7984ca7bd7e1c202c67bb6b',8,'delivered',4,'',1773158436.0);
INSERT INTO "deliveries" VALUES('SM55b54bc181fd41f48525251295c2adf4',9,'delivered',4,'',1773158436.0);
INSERT INTO "deliveries" VALUES('SM66105312c16b45fbbc478f353bac5dd5',10,'delivered',4,'',1773158449.0);
INSERT INTO "deliveries" VALUES('SMfe0ac2ec2c384da19cf024b0479f9c34',11,'delivered',4,'',1773158449.0);
INSERT INTO "deliveries" VALUES('SMe377173a76cd4963914901528388af62',12,'delivered',4,'',1773158462.0);
INSERT INTO "deliveries" VALUES('SMb904768447204913b5dd2a2cb32aa75f',13,'delivered',4,'',1773158462.0);
INSERT INTO "deliveries" VALUES('SM0457a9b7046e41bdab08e1c1d749d5d3',15,'delivered',4,'',1773158467.0);
INSERT INTO "deliveries" VALUES('SM0eaa5532a3ac4ac6a11bbc3f2e88279e',17,'delivered',4,'',1773158469.0);
INSERT INTO "deliveries" VALUES('SMdf4e8f260e964011bb2f34194664ff67',19,'delivered',4,'',1773158472.0);
CREATE TABLE flags (
  id INTEGER PRIMARY KEY AUTOINCREMENT, 
  why TEXT NOT NULL,
  party TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  about INTEGER NOT NULL DEFAULT 0,
  raised_at DOUBLE PRECISION NOT NULL,
  settled_at DOUBLE PRECISION
);
INSERT INTO "flags" VALUES(1,'hung_up','+12125550119','',106,1773158426.0,NULL);
CREATE TABLE inbound (
  id TEXT PRIMARY KEY,
  party TEXT NOT NULL,
  channel TEXT NOT NULL,
  words TEXT NOT NULL,
  body TEXT NOT NULL,
  answer TEXT,
  received_at DOUBLE PRECISION NOT NULL
, segments INTEGER NOT NULL DEFAULT 0, fruitless INTEGER NOT NULL DEFAULT 0);
INSERT INTO "inbound" VALUES('SM2d379b51904c4a738bb4409e0ac07434','+12125550113','text','food 11216','MessageSid=SM2d379b51904c4a738bb4409e0ac07434&SmsSid=SM2d379b51904c4a738bb4409e0ac07434&SmsMessageSid=SM2d379b51904c4a738bb4409e0ac07434&AccountSid=AC00000000000000000000000000000000&From=%2B12125550113&To=%2B12125550100&Body=food+11216&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Eastside Mutual Aid: neighbors helping neighbors. This is automatic, not for emergencies (call 911). For a person text 0. To end texts, STOP.
What should your helper know? Name, address, for how many, by when? Only your helper and our team see it. Send one text. Or text NO.</Message></Response>',1773158404.0,2,0);
INSERT INTO "inbound" VALUES('SMfd3f360fe3b24d68805226bd38ad3f89','+12125550114','text','hola','MessageSid=SMfd3f360fe3b24d68805226bd38ad3f89&SmsSid=SMfd3f360fe3b24d68805226bd38ad3f89&SmsMessageSid=SMfd3f360fe3b24d68805226bd38ad3f89&AccountSid=AC00000000000000000000000000000000&From=%2B12125550114&To=%2B12125550100&Body=hola&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Eastside Mutual Aid: vecinos que se ayudan. Es automatico, no para emergencias (llame al 911). Para una persona escriba 0. Para no recibir mensajes: STOP.
¿Qué necesita?
1 comida
2 un viaje
3 medicina
4 otra cosa</Message></Response>',1773158405.0,2,0);
INSERT INTO "inbound" VALUES('SM8265b85b1b314c75b2925249f456b045','+12125550114','text','comida','MessageSid=SM8265b85b1b314c75b2925249f456b045&SmsSid=SM8265b85b1b314c75b2925249f456b045&SmsMessageSid=SM8265b85b1b314c75b2925249f456b045&AccountSid=AC00000000000000000000000000000000&From=%2B12125550114&To=%2B12125550100&Body=comida&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>¿Donde esta usted?
1 Norte
2 Centro</Message></Response>',1773158406.0,1,0);
INSERT INTO "inbound" VALUES('SMa3c5fed02e5b4ddd8bf2caa1cb5b6522','+12125550115','text','volunteer','MessageSid=SMa3c5fed02e5b4ddd8bf2caa1cb5b6522&SmsSid=SMa3c5fed02e5b4ddd8bf2caa1cb5b6522&SmsMessageSid=SMa3c5fed02e5b4ddd8bf2caa1cb5b6522&AccountSid=AC00000000000000000000000000000000&From=%2B12125550115&To=%2B12125550100&Body=volunteer&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Eastside Mutual Aid: neighbors helping neighbors. This is automatic, not for emergencies (call 911). For a person text 0. To end texts, STOP.
Thank you! What can you help with? Text all the numbers that fit, like 1 2.
1 food
2 a ride
3 medicine
4 something else</Message></Response>',1773158407.0,2,0);
INSERT INTO "inbound" VALUES('SM4c94f49189b748c6bf5737bcad2a1571','+12125550115','text','Dora','MessageSid=SM4c94f49189b748c6bf5737bcad2a1571&SmsSid=SM4c94f49189b748c6bf5737bcad2a1571&SmsMessageSid=SM4c94f49189b748c6bf5737bcad2a1571&AccountSid=AC00000000000000000000000000000000&From=%2B12125550115&To=%2B12125550100&Body=Dora&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Sorry, I did not get that.
Thank you! What can you help with? Text all the numbers that fit, like 1 2.
1 food
2 a ride
3 medicine
4 something else</Message></Response>',1773158408.0,1,1);
INSERT INTO "inbound" VALUES('SM09a5a718f847406f9e88c65d3c44b4e0','+12125550116','text','ride 11216','MessageSid=SM09a5a718f847406f9e88c65d3c44b4e0&SmsSid=SM09a5a718f847406f9e88c65d3c44b4e0&SmsMessageSid=SM09a5a718f847406f9e88c65d3c44b4e0&AccountSid=AC00000000000000000000000000000000&From=%2B12125550116&To=%2B12125550100&Body=ride+11216&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Eastside Mutual Aid: neighbors helping neighbors. This is automatic, not for emergencies (call 911). For a person text 0. To end texts, STOP.
What should your helper know? Name, address, for how many, by when? Only your helper and our team see it. Send one text. Or text NO.</Message></Response>',1773158409.0,2,0);
INSERT INTO "inbound" VALUES('SMb30efa9d4bcd4e82b8e017460edd77bd','+12125550116','text','to the clinic at 12 Elm','MessageSid=SMb30efa9d4bcd4e82b8e017460edd77bd&SmsSid=SMb30efa9d4bcd4e82b8e017460edd77bd&SmsMessageSid=SMb30efa9d4bcd4e82b8e017460edd77bd&AccountSid=AC00000000000000000000000000000000&From=%2B12125550116&To=%2B12125550100&Body=to+the+clinic+at+12+Elm&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>A ride, Northside. to the clinic at 12 Elm
Is that right?
1 yes, send it
2 change it
3 yes, and it is for today</Message></Response>',1773158410.0,1,0);
INSERT INTO "inbound" VALUES('SM91698f824c954ef2a659672922ef1687','+12125550116','text','1','MessageSid=SM91698f824c954ef2a659672922ef1687&SmsSid=SM91698f824c954ef2a659672922ef1687&SmsMessageSid=SM91698f824c954ef2a659672922ef1687&AccountSid=AC00000000000000000000000000000000&From=%2B12125550116&To=%2B12125550100&Body=1&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Thank you. Your request is number 103. We ask neighbors (not at night) and tell you when someone takes it. To check, text STATUS.</Message></Response>',1773158411.0,1,0);
INSERT INTO "inbound" VALUES('CA2aed39488d9442eaa1df9642a57268e4/','+12125550112','voice','','CallSid=CA2aed39488d9442eaa1df9642a57268e4&AccountSid=AC00000000000000000000000000000000&From=%2B12125550100&To=%2B12125550112&Caller=%2B12125550100&Called=%2B12125550112&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=outbound-api&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=1&amp;out=1" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Eastside Mutual Aid.</Say><Say language="en-US">Can you help a neighbor? a ride, Northside.</Say><Say language="en-US">To take it, press 1.</Say><Say language="en-US">If not this time, press 2.</Say><Say language="en-US">To hear what they said first, press 3.</Say><Say language="en-US">For no more calls today, press 9.</Say></Gather></Response>',1773158412.0,0,0);
INSERT INTO "inbound" VALUES('SMf919416747954a7ba144ec5db3ed6502','+12125550117','text','food 11216','MessageSid=SMf919416747954a7ba144ec5db3ed6502&SmsSid=SMf919416747954a7ba144ec5db3ed6502&SmsMessageSid=SMf919416747954a7ba144ec5db3ed6502&AccountSid=AC00000000000000000000000000000000&From=%2B12125550117&To=%2B12125550100&Body=food+11216&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Eastside Mutual Aid: neighbors helping neighbors. This is automatic, not for emergencies (call 911). For a person text 0. To end texts, STOP.
What should your helper know? Name, address, for how many, by when? Only your helper and our team see it. Send one text. Or text NO.</Message></Response>',1773158413.0,2,0);
INSERT INTO "inbound" VALUES('SMc974da840d1e430fabe5dfb3f560d381','+12125550117','text','no','MessageSid=SMc974da840d1e430fabe5dfb3f560d381&SmsSid=SMc974da840d1e430fabe5dfb3f560d381&SmsMessageSid=SMc974da840d1e430fabe5dfb3f560d381&AccountSid=AC00000000000000000000000000000000&From=%2B12125550117&To=%2B12125550100&Body=no&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Food, Northside.
Is that right?
1 yes, send it
2 change it
3 yes, and it is for today</Message></Response>',1773158414.0,1,0);
INSERT INTO "inbound" VALUES('SM11aea8a1acfd4f279c94ec0387d5b417','+12125550117','text','1','MessageSid=SM11aea8a1acfd4f279c94ec0387d5b417&SmsSid=SM11aea8a1acfd4f279c94ec0387d5b417&SmsMessageSid=SM11aea8a1acfd4f279c94ec0387d5b417&AccountSid=AC00000000000000000000000000000000&From=%2B12125550117&To=%2B12125550100&Body=1&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Thank you. Your request is number 104. We ask neighbors (not at night) and tell you when someone takes it. To check, text STATUS.</Message></Response>',1773158415.0,1,0);
INSERT INTO "inbound" VALUES('SM1cfc7869554848359617beaaebeb27e5','+12125550110','text','YES 103','MessageSid=SM1cfc7869554848359617beaaebeb27e5&SmsSid=SM1cfc7869554848359617beaaebeb27e5&SmsMessageSid=SM1cfc7869554848359617beaaebeb27e5&AccountSid=AC00000000000000000000000000000000&From=%2B12125550110&To=%2B12125550100&Body=YES+103&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>103 is yours, thank you! a ride, Northside. Neighbor says: to the clinic at 12 Elm
When it is done, text DONE 103. If you cannot, DROP 103.</Message></Response>',1773158416.0,1,0);
INSERT INTO "inbound" VALUES('SMf952210e632040cda815d828342678fd','+12125550118','text','medicine 11216','MessageSid=SMf952210e632040cda815d828342678fd&SmsSid=SMf952210e632040cda815d828342678fd&SmsMessageSid=SMf952210e632040cda815d828342678fd&AccountSid=AC00000000000000000000000000000000&From=%2B12125550118&To=%2B12125550100&Body=medicine+11216&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Eastside Mutual Aid: neighbors helping neighbors. This is automatic, not for emergencies (call 911). For a person text 0. To end texts, STOP.
What should your helper know? Name, address, for how many, by when? Only your helper and our team see it. Send one text. Or text NO.</Message></Response>',1773158417.0,2,0);
INSERT INTO "inbound" VALUES('SM7b0e090bac354ede93cbc79470083ac4','+12125550118','text','insulin','MessageSid=SM7b0e090bac354ede93cbc79470083ac4&SmsSid=SM7b0e090bac354ede93cbc79470083ac4&SmsMessageSid=SM7b0e090bac354ede93cbc79470083ac4&AccountSid=AC00000000000000000000000000000000&From=%2B12125550118&To=%2B12125550100&Body=insulin&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>Medicine, Northside. insulin
Is that right?
1 yes, send it
2 change it
3 yes, and it is for today</Message></Response>',1773158418.0,1,0);
INSERT INTO "inbound" VALUES('CAd592bb7ba8144be7967c675b6f470054/','+12125550119','voice','','CallSid=CAd592bb7ba8144be7967c675b6f470054&AccountSid=AC00000000000000000000000000000000&From=%2B12125550119&To=%2B12125550100&Caller=%2B12125550119&Called=%2B12125550100&CallStatus=ringing&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=1" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Eastside Mutual Aid.</Say><Say language="en-US">For English, press 1.</Say><Say language="es-US">Para español, oprima 2.</Say></Gather></Response>',1773158420.0,0,0);
INSERT INTO "inbound" VALUES('CAd592bb7ba8144be7967c675b6f470054/1','+12125550119','voice','1','CallSid=CAd592bb7ba8144be7967c675b6f470054&AccountSid=AC00000000000000000000000000000000&From=%2B12125550119&To=%2B12125550100&Caller=%2B12125550119&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=2" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Hello. This is Eastside Mutual Aid, neighbors helping neighbors. This is a machine. In an emergency, hang up and call 9 1 1.</Say><Say language="en-US">What would you like?</Say><Say language="en-US">To ask for help, press 1.</Say><Say language="en-US">To hear about your requests, press 2.</Say><Say language="en-US">To help your neighbors, press 3.</Say><Say language="en-US">To leave word for a person, press 4.</Say></Gather></Response>',1773158421.0,0,0);
INSERT INTO "inbound" VALUES('CAd592bb7ba8144be7967c675b6f470054/2','+12125550119','voice','1','CallSid=CAd592bb7ba8144be7967c675b6f470054&AccountSid=AC00000000000000000000000000000000&From=%2B12125550119&To=%2B12125550100&Caller=%2B12125550119&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=3" timeout="9" actionOnEmptyResult="true"><Say language="en-US">What do you need?</Say><Say language="en-US">For food, press 1.</Say><Say language="en-US">For a ride, press 2.</Say><Say language="en-US">For medicine, press 3.</Say><Say language="en-US">For something else, press 4.</Say></Gather></Response>',1773158422.0,0,0);
INSERT INTO "inbound" VALUES('CAd592bb7ba8144be7967c675b6f470054/3','+12125550119','voice','1','CallSid=CAd592bb7ba8144be7967c675b6f470054&AccountSid=AC00000000000000000000000000000000&From=%2B12125550119&To=%2B12125550100&Caller=%2B12125550119&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=4" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Where are you?</Say><Say language="en-US">For Northside, press 1.</Say><Say language="en-US">For Downtown, press 2.</Say></Gather></Response>',1773158423.0,0,0);
INSERT INTO "inbound" VALUES('CAd592bb7ba8144be7967c675b6f470054/4','+12125550119','voice','#','CallSid=CAd592bb7ba8144be7967c675b6f470054&AccountSid=AC00000000000000000000000000000000&From=%2B12125550119&To=%2B12125550100&Caller=%2B12125550119&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=%23','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=5" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Where are you?</Say><Say language="en-US">For Northside, press 1.</Say><Say language="en-US">For Downtown, press 2.</Say></Gather></Response>',1773158424.0,0,0);
INSERT INTO "inbound" VALUES('CAd592bb7ba8144be7967c675b6f470054/5','+12125550119','voice','1','CallSid=CAd592bb7ba8144be7967c675b6f470054&AccountSid=AC00000000000000000000000000000000&From=%2B12125550119&To=%2B12125550100&Caller=%2B12125550119&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">What should your helper know? Your name, your address, for how many, by when? Speak after the tone, then press pound. To skip, press pound at the tone.</Say><Record action="http://127.0.0.1:36637/twilio/voice?turn=6" finishOnKey="#*0" maxLength="120" timeout="4" playBeep="true" recordingStatusCallback="http://127.0.0.1:36637/twilio/recording" recordingStatusCallbackEvent="completed absent" /><Redirect>http://127.0.0.1:36637/twilio/voice?turn=6</Redirect></Response>',1773158425.0,0,0);
INSERT INTO "inbound" VALUES('CAd592bb7ba8144be7967c675b6f470054/6','+12125550119','voice','','CallSid=CAd592bb7ba8144be7967c675b6f470054&AccountSid=AC00000000000000000000000000000000&From=%2B12125550119&To=%2B12125550100&Caller=%2B12125550119&Called=%2B12125550100&CallStatus=completed&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&RecordingSid=RE631c1b07303c4357b9ed8805669f082c&RecordingUrl=http%3A%2F%2F127.0.0.1%3A36637%2Fsimulator%2Fapi%2F2010-04-01%2FAccounts%2FAC00000000000000000000000000000000%2FRecordings%2FRE631c1b07303c4357b9ed8805669f082c&RecordingDuration=1&Digits=hangup','<?xml version="1.0" encoding="UTF-8"?><Response/>',1773158426.0,0,0);
INSERT INTO "inbound" VALUES('SMa62d30912e2348e98cc28082db8a4fc8','+12125550111','text','yes','MessageSid=SMa62d30912e2348e98cc28082db8a4fc8&SmsSid=SMa62d30912e2348e98cc28082db8a4fc8&SmsMessageSid=SMa62d30912e2348e98cc28082db8a4fc8&AccountSid=AC00000000000000000000000000000000&From=%2B12125550111&To=%2B12125550100&Body=yes&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>104 is yours, thank you! food, Northside. Neighbor says: food 11216
When it is done, text DONE 104. If you cannot, DROP 104.</Message></Response>',1773158427.0,1,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/','+12125550120','voice','','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=ringing&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=1" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Eastside Mutual Aid.</Say><Say language="en-US">For English, press 1.</Say><Say language="es-US">Para español, oprima 2.</Say></Gather></Response>',1773158429.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/1','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=2" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Hello. This is Eastside Mutual Aid, neighbors helping neighbors. This is a machine. In an emergency, hang up and call 9 1 1.</Say><Say language="en-US">What would you like?</Say><Say language="en-US">To ask for help, press 1.</Say><Say language="en-US">To hear about your requests, press 2.</Say><Say language="en-US">To help your neighbors, press 3.</Say><Say language="en-US">To leave word for a person, press 4.</Say></Gather></Response>',1773158430.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/2','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=3" timeout="9" actionOnEmptyResult="true"><Say language="en-US">What do you need?</Say><Say language="en-US">For food, press 1.</Say><Say language="en-US">For a ride, press 2.</Say><Say language="en-US">For medicine, press 3.</Say><Say language="en-US">For something else, press 4.</Say></Gather></Response>',1773158431.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/3','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=4" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Where are you?</Say><Say language="en-US">For Northside, press 1.</Say><Say language="en-US">For Downtown, press 2.</Say></Gather></Response>',1773158432.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/4','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">What should your helper know? Your name, your address, for how many, by when? Speak after the tone, then press pound. To skip, press pound at the tone.</Say><Record action="http://127.0.0.1:36637/twilio/voice?turn=5" finishOnKey="#*0" maxLength="120" timeout="4" playBeep="true" recordingStatusCallback="http://127.0.0.1:36637/twilio/recording" recordingStatusCallbackEvent="completed absent" /><Redirect>http://127.0.0.1:36637/twilio/voice?turn=5</Redirect></Response>',1773158433.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/5','+12125550120','voice','#','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&RecordingSid=RE939dc456dedd4b6cbeb882b25c87e7b6&RecordingUrl=http%3A%2F%2F127.0.0.1%3A36637%2Fsimulator%2Fapi%2F2010-04-01%2FAccounts%2FAC00000000000000000000000000000000%2FRecordings%2FRE939dc456dedd4b6cbeb882b25c87e7b6&RecordingDuration=1&Digits=%23','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=6" timeout="9" actionOnEmptyResult="true"><Say language="en-US">The number to call you back is 2 1 2 5 5 5 0 1 2 0.</Say><Say language="en-US">If that is right, press 1.</Say><Say language="en-US">To change it, press 2.</Say></Gather></Response>',1773158434.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/6','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=7" timeout="9" actionOnEmptyResult="true"><Say language="en-US">You ask for food, in Northside.</Say><Say language="en-US">If that is right, press 1.</Say><Say language="en-US">To change it, press 2.</Say><Say language="en-US">If it is right and it is for today, press 3.</Say></Gather></Response>',1773158435.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/7','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=8" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Thank you. Your request has the number 1 0 7. We ask neighbors, but not at night. Call again any time to hear how it stands.</Say><Say language="en-US">How should we tell you news?</Say><Say language="en-US">By text, press 1.</Say><Say language="en-US">By a call, press 2.</Say><Say language="en-US">For no calls and no texts, press 3.</Say></Gather></Response>',1773158436.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/8','+12125550120','voice','2','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=2','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=9" timeout="9" actionOnEmptyResult="true"><Say language="en-US">When we call, someone else may pick up. May we say that it is Eastside Mutual Aid?</Say><Say language="en-US">If we may, press 1.</Say><Say language="en-US">If not, press 2.</Say></Gather></Response>',1773158437.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/9','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=10" timeout="9" actionOnEmptyResult="true"><Say language="en-US">If you are out, is it safe to leave a message that says to call us?</Say><Say language="en-US">If it is safe, press 1.</Say><Say language="en-US">If not, press 2.</Say></Gather></Response>',1773158438.0,0,0);
INSERT INTO "inbound" VALUES('CAf7962d31361f41a49c932f2da382dd29/10','+12125550120','voice','1','CallSid=CAf7962d31361f41a49c932f2da382dd29&AccountSid=AC00000000000000000000000000000000&From=%2B12125550120&To=%2B12125550100&Caller=%2B12125550120&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=11" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Thank you. We call you when there is news, but not at night.</Say><Say language="en-US">For anything else, press 1. Or just hang up.</Say></Gather></Response>',1773158439.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/','+12125550121','voice','','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=ringing&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=1" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Eastside Mutual Aid.</Say><Say language="en-US">For English, press 1.</Say><Say language="es-US">Para español, oprima 2.</Say></Gather></Response>',1773158442.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/1','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=2" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Hello. This is Eastside Mutual Aid, neighbors helping neighbors. This is a machine. In an emergency, hang up and call 9 1 1.</Say><Say language="en-US">What would you like?</Say><Say language="en-US">To ask for help, press 1.</Say><Say language="en-US">To hear about your requests, press 2.</Say><Say language="en-US">To help your neighbors, press 3.</Say><Say language="en-US">To leave word for a person, press 4.</Say></Gather></Response>',1773158443.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/2','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=3" timeout="9" actionOnEmptyResult="true"><Say language="en-US">What do you need?</Say><Say language="en-US">For food, press 1.</Say><Say language="en-US">For a ride, press 2.</Say><Say language="en-US">For medicine, press 3.</Say><Say language="en-US">For something else, press 4.</Say></Gather></Response>',1773158444.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/3','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=4" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Where are you?</Say><Say language="en-US">For Northside, press 1.</Say><Say language="en-US">For Downtown, press 2.</Say></Gather></Response>',1773158445.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/4','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">What should your helper know? Your name, your address, for how many, by when? Speak after the tone, then press pound. To skip, press pound at the tone.</Say><Record action="http://127.0.0.1:36637/twilio/voice?turn=5" finishOnKey="#*0" maxLength="120" timeout="4" playBeep="true" recordingStatusCallback="http://127.0.0.1:36637/twilio/recording" recordingStatusCallbackEvent="completed absent" /><Redirect>http://127.0.0.1:36637/twilio/voice?turn=5</Redirect></Response>',1773158446.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/5','+12125550121','voice','#','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&RecordingSid=RE5ff905fb447145c5bbc555728226b38a&RecordingUrl=http%3A%2F%2F127.0.0.1%3A36637%2Fsimulator%2Fapi%2F2010-04-01%2FAccounts%2FAC00000000000000000000000000000000%2FRecordings%2FRE5ff905fb447145c5bbc555728226b38a&RecordingDuration=1&Digits=%23','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=6" timeout="9" actionOnEmptyResult="true"><Say language="en-US">The number to call you back is 2 1 2 5 5 5 0 1 2 1.</Say><Say language="en-US">If that is right, press 1.</Say><Say language="en-US">To change it, press 2.</Say></Gather></Response>',1773158447.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/6','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=7" timeout="9" actionOnEmptyResult="true"><Say language="en-US">You ask for food, in Northside.</Say><Say language="en-US">If that is right, press 1.</Say><Say language="en-US">To change it, press 2.</Say><Say language="en-US">If it is right and it is for today, press 3.</Say></Gather></Response>',1773158448.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/7','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=8" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Thank you. Your request has the number 1 0 8. We ask neighbors, but not at night. Call again any time to hear how it stands.</Say><Say language="en-US">How should we tell you news?</Say><Say language="en-US">By text, press 1.</Say><Say language="en-US">By a call, press 2.</Say><Say language="en-US">For no calls and no texts, press 3.</Say></Gather></Response>',1773158449.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/8','+12125550121','voice','2','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=2','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=9" timeout="9" actionOnEmptyResult="true"><Say language="en-US">When we call, someone else may pick up. May we say that it is Eastside Mutual Aid?</Say><Say language="en-US">If we may, press 1.</Say><Say language="en-US">If not, press 2.</Say></Gather></Response>',1773158450.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/9','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=10" timeout="9" actionOnEmptyResult="true"><Say language="en-US">If you are out, is it safe to leave a message that says to call us?</Say><Say language="en-US">If it is safe, press 1.</Say><Say language="en-US">If not, press 2.</Say></Gather></Response>',1773158451.0,0,0);
INSERT INTO "inbound" VALUES('CAcabf630b1e874dde84f201e342d49efa/10','+12125550121','voice','1','CallSid=CAcabf630b1e874dde84f201e342d49efa&AccountSid=AC00000000000000000000000000000000&From=%2B12125550121&To=%2B12125550100&Caller=%2B12125550121&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=11" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Thank you. We call you when there is news, but not at night.</Say><Say language="en-US">For anything else, press 1. Or just hang up.</Say></Gather></Response>',1773158452.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/','+12125550122','voice','','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=ringing&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=1" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Eastside Mutual Aid.</Say><Say language="en-US">For English, press 1.</Say><Say language="es-US">Para español, oprima 2.</Say></Gather></Response>',1773158455.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/1','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=2" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Hello. This is Eastside Mutual Aid, neighbors helping neighbors. This is a machine. In an emergency, hang up and call 9 1 1.</Say><Say language="en-US">What would you like?</Say><Say language="en-US">To ask for help, press 1.</Say><Say language="en-US">To hear about your requests, press 2.</Say><Say language="en-US">To help your neighbors, press 3.</Say><Say language="en-US">To leave word for a person, press 4.</Say></Gather></Response>',1773158456.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/2','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=3" timeout="9" actionOnEmptyResult="true"><Say language="en-US">What do you need?</Say><Say language="en-US">For food, press 1.</Say><Say language="en-US">For a ride, press 2.</Say><Say language="en-US">For medicine, press 3.</Say><Say language="en-US">For something else, press 4.</Say></Gather></Response>',1773158457.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/3','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=4" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Where are you?</Say><Say language="en-US">For Northside, press 1.</Say><Say language="en-US">For Downtown, press 2.</Say></Gather></Response>',1773158458.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/4','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">What should your helper know? Your name, your address, for how many, by when? Speak after the tone, then press pound. To skip, press pound at the tone.</Say><Record action="http://127.0.0.1:36637/twilio/voice?turn=5" finishOnKey="#*0" maxLength="120" timeout="4" playBeep="true" recordingStatusCallback="http://127.0.0.1:36637/twilio/recording" recordingStatusCallbackEvent="completed absent" /><Redirect>http://127.0.0.1:36637/twilio/voice?turn=5</Redirect></Response>',1773158459.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/5','+12125550122','voice','#','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&RecordingSid=RE2df2a6203053439baea970571633dd4c&RecordingUrl=http%3A%2F%2F127.0.0.1%3A36637%2Fsimulator%2Fapi%2F2010-04-01%2FAccounts%2FAC00000000000000000000000000000000%2FRecordings%2FRE2df2a6203053439baea970571633dd4c&RecordingDuration=1&Digits=%23','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=6" timeout="9" actionOnEmptyResult="true"><Say language="en-US">The number to call you back is 2 1 2 5 5 5 0 1 2 2.</Say><Say language="en-US">If that is right, press 1.</Say><Say language="en-US">To change it, press 2.</Say></Gather></Response>',1773158460.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/6','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=7" timeout="9" actionOnEmptyResult="true"><Say language="en-US">You ask for food, in Northside.</Say><Say language="en-US">If that is right, press 1.</Say><Say language="en-US">To change it, press 2.</Say><Say language="en-US">If it is right and it is for today, press 3.</Say></Gather></Response>',1773158461.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/7','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=8" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Thank you. Your request has the number 1 0 9. We ask neighbors, but not at night. Call again any time to hear how it stands.</Say><Say language="en-US">How should we tell you news?</Say><Say language="en-US">By text, press 1.</Say><Say language="en-US">By a call, press 2.</Say><Say language="en-US">For no calls and no texts, press 3.</Say></Gather></Response>',1773158462.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/8','+12125550122','voice','2','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=2','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=9" timeout="9" actionOnEmptyResult="true"><Say language="en-US">When we call, someone else may pick up. May we say that it is Eastside Mutual Aid?</Say><Say language="en-US">If we may, press 1.</Say><Say language="en-US">If not, press 2.</Say></Gather></Response>',1773158463.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/9','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=10" timeout="9" actionOnEmptyResult="true"><Say language="en-US">If you are out, is it safe to leave a message that says to call us?</Say><Say language="en-US">If it is safe, press 1.</Say><Say language="en-US">If not, press 2.</Say></Gather></Response>',1773158464.0,0,0);
INSERT INTO "inbound" VALUES('CA3d9e19a154914e5897301d3e3d42ee37/10','+12125550122','voice','1','CallSid=CA3d9e19a154914e5897301d3e3d42ee37&AccountSid=AC00000000000000000000000000000000&From=%2B12125550122&To=%2B12125550100&Caller=%2B12125550122&Called=%2B12125550100&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=inbound&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=11" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Thank you. We call you when there is news, but not at night.</Say><Say language="en-US">For anything else, press 1. Or just hang up.</Say></Gather></Response>',1773158465.0,0,0);
INSERT INTO "inbound" VALUES('SM72c2d57f73a44b15bb5993ce716a064b','+12125550110','text','YES 107','MessageSid=SM72c2d57f73a44b15bb5993ce716a064b&SmsSid=SM72c2d57f73a44b15bb5993ce716a064b&SmsMessageSid=SM72c2d57f73a44b15bb5993ce716a064b&AccountSid=AC00000000000000000000000000000000&From=%2B12125550110&To=%2B12125550100&Body=YES+107&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>107 is yours, thank you! food, Northside. Neighbor says: (no details)
When it is done, text DONE 107. If you cannot, DROP 107.</Message></Response>',1773158467.0,1,0);
INSERT INTO "inbound" VALUES('CA99c9e6905f63483c9c6daa90ba2bd7e4/','+12125550120','voice','','CallSid=CA99c9e6905f63483c9c6daa90ba2bd7e4&AccountSid=AC00000000000000000000000000000000&From=%2B12125550100&To=%2B12125550120&Caller=%2B12125550100&Called=%2B12125550120&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=outbound-api&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=12&amp;out=2" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Hello. This is Eastside Mutual Aid. There is news for you.</Say><Say language="en-US">To hear it, press 1.</Say><Say language="en-US">For no more calls from us, press 9.</Say></Gather></Response>',1773158468.0,0,0);
INSERT INTO "inbound" VALUES('SM896f734ce75b47388963256e166ed0b0','+12125550110','text','YES 108','MessageSid=SM896f734ce75b47388963256e166ed0b0&SmsSid=SM896f734ce75b47388963256e166ed0b0&SmsMessageSid=SM896f734ce75b47388963256e166ed0b0&AccountSid=AC00000000000000000000000000000000&From=%2B12125550110&To=%2B12125550100&Body=YES+108&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>108 is yours, thank you! food, Northside. Neighbor says: (no details)
When it is done, text DONE 108. If you cannot, DROP 108.</Message></Response>',1773158469.0,1,0);
INSERT INTO "inbound" VALUES('CA5826db3c73464c2798b5180eee6a0962/','+12125550121','voice','','CallSid=CA5826db3c73464c2798b5180eee6a0962&AccountSid=AC00000000000000000000000000000000&From=%2B12125550100&To=%2B12125550121&Caller=%2B12125550100&Called=%2B12125550121&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=outbound-api&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Gather finishOnKey="" numDigits="1" input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=12&amp;out=3" timeout="9" actionOnEmptyResult="true"><Say language="en-US">Hello. This is Eastside Mutual Aid. There is news for you.</Say><Say language="en-US">To hear it, press 1.</Say><Say language="en-US">For no more calls from us, press 9.</Say></Gather></Response>',1773158470.0,0,0);
INSERT INTO "inbound" VALUES('CA5826db3c73464c2798b5180eee6a0962/12','+12125550121','voice','1','CallSid=CA5826db3c73464c2798b5180eee6a0962&AccountSid=AC00000000000000000000000000000000&From=%2B12125550100&To=%2B12125550121&Caller=%2B12125550100&Called=%2B12125550121&CallStatus=in-progress&ApiVersion=2010-04-01&Direction=outbound-api&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=&Digits=1','<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" action="http://127.0.0.1:36637/twilio/voice?turn=13&amp;out=3" timeout="1" actionOnEmptyResult="true" finishOnKey="" numDigits="1"><Say language="en-US">Good news. Ben takes your request number 1 0 8, food.</Say></Gather></Response>',1773158471.0,0,0);
INSERT INTO "inbound" VALUES('SM00cc4f1e86464569b608ad797a974d0d','+12125550110','text','YES 109','MessageSid=SM00cc4f1e86464569b608ad797a974d0d&SmsSid=SM00cc4f1e86464569b608ad797a974d0d&SmsMessageSid=SM00cc4f1e86464569b608ad797a974d0d&AccountSid=AC00000000000000000000000000000000&From=%2B12125550110&To=%2B12125550100&Body=YES+109&NumMedia=0&NumSegments=1&SmsStatus=received&ApiVersion=2010-04-01&FromCity=&FromState=&FromZip=&FromCountry=&ToCity=&ToState=&ToZip=&ToCountry=','<?xml version="1.0" encoding="UTF-8"?><Response><Message>109 is yours, thank you! food, Northside. Neighbor says: (no details)
When it is done, text DONE 109. If you cannot, DROP 109.</Message></Response>',1773158472.0,1,0);
CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  at DOUBLE PRECISION NOT NULL
);
CREATE TABLE needs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, 
  neighbor TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'draft',
  what TEXT NOT NULL DEFAULT '',
  area TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT '',
  details TEXT NOT NULL DEFAULT '',
  recording TEXT NOT NULL DEFAULT '',
  callback TEXT NOT NULL DEFAULT '',
  wanted INTEGER NOT NULL DEFAULT 1,
  helpers INTEGER NOT NULL DEFAULT 0,
  takers TEXT NOT NULL DEFAULT '',
  wave INTEGER NOT NULL DEFAULT 0,
  look_at DOUBLE PRECISION,
  escalated_at DOUBLE PRECISION,
  asked_since DOUBLE PRECISION NOT NULL DEFAULT 0,
  created_at DOUBLE PRECISION NOT NULL,
  changed_at DOUBLE PRECISION NOT NULL
, urgent INTEGER NOT NULL DEFAULT 0, every TEXT NOT NULL DEFAULT '', helped TEXT NOT NULL DEFAULT '', first_choice TEXT NOT NULL DEFAULT '', coming_at DOUBLE PRECISION, check_at DOUBLE PRECISION, checks INTEGER NOT NULL DEFAULT 0, drops INTEGER NOT NULL DEFAULT 0, again_at DOUBLE PRECISION);
INSERT INTO "needs" VALUES(101,'+12125550113','draft','food','north','food 11216','','','',1,0,'',0,NULL,NULL,0.0,1773158404.0,1773158404.0,0,'','','',NULL,1773162004.0,0,0,NULL);
INSERT INTO "needs" VALUES(102,'+12125550114','draft','food','','hola','','','',1,0,'',0,NULL,NULL,0.0,1773158405.0,1773158406.0,0,'','','',NULL,1773162005.0,0,0,NULL);
INSERT INTO "needs" VALUES(103,'+12125550116','taken','ride','north','ride 11216','to the clinic at 12 Elm','','',1,1,'+12125550110',1,NULL,NULL,1773158411.0,1773158409.0,1773158416.0,0,'','','',NULL,1773244816.0,0,0,NULL);
INSERT INTO "needs" VALUES(104,'+12125550117','taken','food','north','food 11216','','','',1,1,'+12125550111',1,NULL,NULL,1773158415.0,1773158413.0,1773158427.0,0,'','','',NULL,1773244827.0,0,0,NULL);
INSERT INTO "needs" VALUES(105,'+12125550118','draft','medicine','north','medicine 11216','insulin','','',1,0,'',0,NULL,NULL,0.0,1773158417.0,1773158418.0,0,'','','',NULL,1773162017.0,0,0,NULL);
INSERT INTO "needs" VALUES(106,'+12125550119','draft','food','north','','','','',1,0,'',0,NULL,NULL,0.0,1773158422.0,1773158425.0,0,'','','',NULL,1773162022.0,0,0,NULL);
INSERT INTO "needs" VALUES(107,'+12125550120','taken','food','north','','','','',1,1,'+12125550110',1,NULL,NULL,1773158436.0,1773158431.0,1773158467.0,0,'','','',NULL,1773244867.0,0,0,NULL);
INSERT INTO "needs" VALUES(108,'+12125550121','taken','food','north','','','','',1,1,'+12125550110',1,NULL,NULL,1773158449.0,1773158444.0,1773158469.0,0,'','','',NULL,1773244869.0,0,0,NULL);
INSERT INTO "needs" VALUES(109,'+12125550122','taken','food','north','','','','',1,1,'+12125550110',1,NULL,NULL,1773158462.0,1773158457.0,1773158472.0,0,'','','',NULL,1773244872.0,0,0,NULL);
CREATE TABLE offers (
  what TEXT NOT NULL,
  area TEXT NOT NULL,
  phone TEXT NOT NULL REFERENCES volunteers (phone),
  asked_at DOUBLE PRECISION NOT NULL DEFAULT 0, language TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (phone, what, area)
);
INSERT INTO "offers" VALUES('food','north','+12125550110',1773158462.0,'en');
INSERT INTO "offers" VALUES('ride','north','+12125550110',1773158462.0,'en');
INSERT INTO "offers" VALUES('food','north','+12125550111',1773158462.0,'en');
INSERT INTO "offers" VALUES('ride','north','+12125550112',1773158411.0,'en');
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, 
  party TEXT NOT NULL,
  prompt TEXT NOT NULL,
  about INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'waiting',
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at DOUBLE PRECISION NOT NULL,
  lease INTEGER NOT NULL DEFAULT 0,
  leased_until DOUBLE PRECISION,
  sids TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  created_at DOUBLE PRECISION NOT NULL,
  changed_at DOUBLE PRECISION NOT NULL
, texts TEXT NOT NULL DEFAULT '[]', segments INTEGER NOT NULL DEFAULT 0, tried_at DOUBLE PRECISION, expires_at DOUBLE PRECISION, any_hour INTEGER NOT NULL DEFAULT 0, ring INTEGER NOT NULL DEFAULT 0);
INSERT INTO "outbox" VALUES(1,'+12125550110','[{"key": "alerts.offer", "values": {"number": "103", "what": ["ride"], "area": ["north"]}}]',103,3,'sent',1,1773158411.0,1,NULL,'SMa1f48595f9ed4108aebf6dc5249c2523','',1773158411.0,1773158411.0,'["Eastside Mutual Aid: can you help? a ride, Northside. Reply YES 103 to take it."]',1,1773158411.0,1773162011.0,0,0);
INSERT INTO "outbox" VALUES(2,'+12125550112','[{"key": "alerts.offer", "values": {"number": "103", "what": ["ride"], "area": ["north"]}}]',103,3,'dropped',1,1773158411.0,1,NULL,'','settled meanwhile',1773158411.0,1773158416.0,'[]',0,1773158411.0,1773162011.0,0,1);
INSERT INTO "outbox" VALUES(3,'+12125550111','[{"key": "alerts.offer", "values": {"number": "104", "what": ["food"], "area": ["north"]}}]',104,3,'sent',1,1773158415.0,1,NULL,'SMa2c75bd9839a424888a3a2f3ba5a00dd','',1773158415.0,1773158415.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 104 to take it."]',1,1773158415.0,1773162015.0,0,0);
INSERT INTO "outbox" VALUES(4,'+12125550110','[{"key": "alerts.offer", "values": {"number": "104", "what": ["food"], "area": ["north"]}}]',104,3,'sent',1,1773158415.0,1,NULL,'SM0917f597ff8c49fbb6d7a7fec9c6109a','',1773158415.0,1773158415.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 104 to take it."]',1,1773158415.0,1773162015.0,0,0);
INSERT INTO "outbox" VALUES(5,'+12125550116','[{"key": "news.taken", "values": {"number": "103", "what": ["ride"], "area": ["north"], "details": "to the clinic at 12 Elm", "name": "Ben", "have": "1", "wanted": "1"}}]',103,2,'sent',1,1773158416.0,1,NULL,'SM81fad915def94f6abef8754d3c4ee2be','',1773158416.0,1773158416.0,'["Eastside Mutual Aid: good news, Ben takes your request 103 (a ride) and knows what you told us."]',1,1773158416.0,NULL,0,0);
INSERT INTO "outbox" VALUES(6,'+12125550117','[{"key": "news.taken", "values": {"number": "104", "what": ["food"], "area": ["north"], "details": "food 11216", "name": "Cho", "have": "1", "wanted": "1"}}]',104,2,'sent',1,1773158427.0,1,NULL,'SM708d6249619c496db5e60c9bc0322bd1','',1773158427.0,1773158427.0,'["Eastside Mutual Aid: good news, Cho takes your request 104 (food) and knows what you told us."]',1,1773158427.0,NULL,0,0);
INSERT INTO "outbox" VALUES(7,'+12125550110','[{"key": "news.settled", "values": {"number": "104", "what": ["food"], "area": ["north"], "details": "food 11216", "name": ""}}]',104,2,'sent',1,1773158427.0,1,NULL,'SM67e9a7ce461840afbea04d7129c4ee0c','',1773158427.0,1773158427.0,'["Thank you! 104 (food) has someone now. You need not do anything."]',1,1773158427.0,NULL,0,0);
INSERT INTO "outbox" VALUES(8,'+12125550110','[{"key": "alerts.offer", "values": {"number": "107", "what": ["food"], "area": ["north"]}}]',107,3,'sent',1,1773158436.0,1,NULL,'SMf8eaf814e7984ca7bd7e1c202c67bb6b','',1773158436.0,1773158436.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 107 to take it."]',1,1773158436.0,1773162036.0,0,0);
INSERT INTO "outbox" VALUES(9,'+12125550111','[{"key": "alerts.offer", "values": {"number": "107", "what": ["food"], "area": ["north"]}}]',107,3,'sent',1,1773158436.0,1,NULL,'SM55b54bc181fd41f48525251295c2adf4','',1773158436.0,1773158436.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 107 to take it."]',1,1773158436.0,1773162036.0,0,0);
INSERT INTO "outbox" VALUES(10,'+12125550110','[{"key": "alerts.offer", "values": {"number": "108", "what": ["food"], "area": ["north"]}}]',108,3,'sent',1,1773158449.0,1,NULL,'SM66105312c16b45fbbc478f353bac5dd5','',1773158449.0,1773158449.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 108 to take it."]',1,1773158449.0,1773162049.0,0,0);
INSERT INTO "outbox" VALUES(11,'+12125550111','[{"key": "alerts.offer", "values": {"number": "108", "what": ["food"], "area": ["north"]}}]',108,3,'sent',1,1773158449.0,1,NULL,'SMfe0ac2ec2c384da19cf024b0479f9c34','',1773158449.0,1773158449.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 108 to take it."]',1,1773158449.0,1773162049.0,0,0);
INSERT INTO "outbox" VALUES(12,'+12125550110','[{"key": "alerts.offer", "values": {"number": "109", "what": ["food"], "area": ["north"]}}]',109,3,'sent',1,1773158462.0,1,NULL,'SMe377173a76cd4963914901528388af62','',1773158462.0,1773158462.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 109 to take it."]',1,1773158462.0,1773162062.0,0,0);
INSERT INTO "outbox" VALUES(13,'+12125550111','[{"key": "alerts.offer", "values": {"number": "109", "what": ["food"], "area": ["north"]}}]',109,3,'sent',1,1773158462.0,1,NULL,'SMb904768447204913b5dd2a2cb32aa75f','',1773158462.0,1773158462.0,'["Eastside Mutual Aid: can you help? food, Northside. Reply YES 109 to take it."]',1,1773158462.0,1773162062.0,0,0);
INSERT INTO "outbox" VALUES(14,'+12125550120','[{"key": "news.taken", "values": {"number": "107", "what": ["food"], "area": ["north"], "details": ["no_words"], "name": "Ben", "have": "1", "wanted": "1"}}]',107,2,'to_ring',1,1773158467.0,1,NULL,'','',1773158467.0,1773158467.0,'[]',0,1773158467.0,NULL,0,0);
INSERT INTO "outbox" VALUES(15,'+12125550111','[{"key": "news.settled", "values": {"number": "107", "what": ["food"], "area": ["north"], "details": ["no_words"], "name": ""}}]',107,2,'sent',1,1773158467.0,1,NULL,'SM0457a9b7046e41bdab08e1c1d749d5d3','',1773158467.0,1773158467.0,'["Thank you! 107 (food) has someone now. You need not do anything."]',1,1773158467.0,NULL,0,0);
INSERT INTO "outbox" VALUES(16,'+12125550121','[{"key": "news.taken", "values": {"number": "108", "what": ["food"], "area": ["north"], "details": ["no_words"], "name": "Ben", "have": "1", "wanted": "1"}}]',108,2,'to_ring',1,1773158469.0,1,NULL,'','',1773158469.0,1773158471.0,'[]',0,1773158469.0,NULL,0,3);
INSERT INTO "outbox" VALUES(17,'+12125550111','[{"key": "news.settled", "values": {"number": "108", "what": ["food"], "area": ["north"], "details": ["no_words"], "name": ""}}]',108,2,'sent',1,1773158469.0,1,NULL,'SM0eaa5532a3ac4ac6a11bbc3f2e88279e','',1773158469.0,1773158469.0,'["Thank you! 108 (food) has someone now. You need not do anything."]',1,1773158469.0,NULL,0,0);
INSERT INTO "outbox" VALUES(18,'+12125550122','[{"key": "news.taken", "values": {"number": "109", "what": ["food"], "area": ["north"], "details": ["no_words"], "name": "Ben", "have": "1", "wanted": "1"}}]',109,2,'to_ring',1,1773158472.0,1,NULL,'','',1773158472.0,1773158472.0,'[]',0,1773158472.0,NULL,0,0);
INSERT INTO "outbox" VALUES(19,'+12125550111','[{"key": "news.settled", "values": {"number": "109", "what": ["food"], "area": ["north"], "details": ["no_words"], "name": ""}}]',109,2,'sent',1,1773158472.0,1,NULL,'SMdf4e8f260e964011bb2f34194664ff67','',1773158472.0,1773158472.0,'["Thank you! 109 (food) has someone now. You need not do anything."]',1,1773158472.0,NULL,0,0);
CREATE TABLE people (
  phone TEXT PRIMARY KEY,
  language TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  area TEXT NOT NULL DEFAULT '',
  can_text INTEGER NOT NULL DEFAULT 1,
  opted_out_at DOUBLE PRECISION,
  session TEXT NOT NULL DEFAULT '{}',
  turn INTEGER NOT NULL DEFAULT 0,
  asked_at DOUBLE PRECISION NOT NULL DEFAULT 0,
  heard_at DOUBLE PRECISION,
  created_at DOUBLE PRECISION NOT NULL
, blocked INTEGER NOT NULL DEFAULT 0, introduced INTEGER NOT NULL DEFAULT 0, recent INTEGER NOT NULL DEFAULT 0, recent_since DOUBLE PRECISION NOT NULL DEFAULT 0, calls INTEGER NOT NULL DEFAULT 0, say_who TEXT NOT NULL DEFAULT '', leave_word TEXT NOT NULL DEFAULT '', no_calls_until DOUBLE PRECISION NOT NULL DEFAULT 0);
INSERT INTO "people" VALUES('+12125550110','en','Ben','',1,NULL,'{"flow": "", "step": "", "answers": {}, "misses": 0, "page": 0, "behind": null}',4,0.0,1773158472.0,1773158401.0,0,1,4,1773158416.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550111','en','Cho','',1,NULL,'{"flow": "", "step": "", "answers": {}, "misses": 0, "page": 0, "behind": null}',1,0.0,1773158427.0,1773158402.0,0,1,1,1773158427.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550112','en','Gus','',1,NULL,'{"flow": "offer", "step": "asked", "answers": {"need": "103"}, "misses": 0, "call": "CA2aed39488d9442eaa1df9642a57268e4", "page": 0, "behind": null}',1,1773158412.0,1773158412.0,1773158403.0,0,0,0,0.0,1,'','',0.0);
INSERT INTO "people" VALUES('+12125550113','en','','',1,NULL,'{"flow": "intake", "step": "details", "answers": {"words": "food 11216", "what": "food", "area": "north"}, "misses": 0, "page": 0, "behind": null}',1,1773158404.0,1773158404.0,1773158404.0,0,1,1,1773158404.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550114','es','','',1,NULL,'{"flow": "intake", "step": "area", "answers": {"words": "hola", "what": "food"}, "misses": 0, "page": 0, "behind": null}',2,1773158406.0,1773158406.0,1773158405.0,0,1,2,1773158405.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550115','en','','',1,NULL,'{"flow": "signup", "step": "gives", "answers": {"words": "volunteer"}, "misses": 1, "page": 0, "behind": null}',2,1773158408.0,1773158408.0,1773158407.0,0,1,2,1773158407.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550116','en','','',1,NULL,'{"flow": "", "step": "", "answers": {}, "misses": 0, "page": 0, "behind": null}',3,1773158410.0,1773158411.0,1773158409.0,0,1,3,1773158409.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550117','en','','',1,NULL,'{"flow": "", "step": "", "answers": {}, "misses": 0, "page": 0, "behind": null}',3,1773158414.0,1773158415.0,1773158413.0,0,1,3,1773158413.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550118','en','','',1,NULL,'{"flow": "intake", "step": "confirm", "answers": {"words": "medicine 11216", "what": "medicine", "area": "north", "details": "insulin"}, "misses": 0, "page": 0, "behind": null}',2,1773158418.0,1773158418.0,1773158417.0,0,1,2,1773158417.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550119','en','','',1,NULL,'{"flow": "intake", "step": "details", "answers": {"words": "", "language": "en", "heard": "", "what": "food", "area": "north"}, "misses": 0, "call": "CAd592bb7ba8144be7967c675b6f470054", "page": 0, "behind": null}',6,1773158425.0,1773158425.0,1773158420.0,0,0,1,1773158420.0,0,'','',0.0);
INSERT INTO "people" VALUES('+12125550120','en','','',1,NULL,'{"flow": "", "step": "", "answers": {}, "misses": 0, "call": "CA99c9e6905f63483c9c6daa90ba2bd7e4", "page": 0, "behind": null}',12,1773158438.0,1773158468.0,1773158429.0,0,0,1,1773158429.0,1,'yes','yes',0.0);
INSERT INTO "people" VALUES('+12125550121','en','','',1,NULL,'{"flow": "", "step": "", "answers": {}, "misses": 0, "call": "CA5826db3c73464c2798b5180eee6a0962", "page": 0, "behind": null}',13,1773158451.0,1773158471.0,1773158442.0,0,0,1,1773158442.0,1,'yes','yes',0.0);
INSERT INTO "people" VALUES('+12125550122','en','','',1,NULL,'{"flow": "", "step": "", "answers": {}, "misses": 0, "call": "CA3d9e19a154914e5897301d3e3d42ee37", "page": 0, "behind": null}',11,1773158464.0,1773158465.0,1773158455.0,0,0,1,1773158455.0,1,'yes','yes',0.0);
CREATE TABLE pins (
  name TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  misses INTEGER NOT NULL DEFAULT 0,
  missed_since DOUBLE PRECISION NOT NULL DEFAULT 0
);
CREATE TABLE recordings (
  sid TEXT PRIMARY KEY,
  party TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'words',
  status TEXT NOT NULL DEFAULT 'waiting',
  told TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  seconds INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  lease INTEGER NOT NULL DEFAULT 0,
  due_at DOUBLE PRECISION,
  reason TEXT NOT NULL DEFAULT '',
  made_at DOUBLE PRECISION NOT NULL,
  changed_at DOUBLE PRECISION NOT NULL
);
INSERT INTO "recordings" VALUES('RE631c1b07303c4357b9ed8805669f082c','','words','kept','completed','words/RE631c1b07303c4357b9ed8805669f082c.wav',1,0,1,1773244826.0,'',1773158426.0,1773158426.0);
INSERT INTO "recordings" VALUES('RE939dc456dedd4b6cbeb882b25c87e7b6','','words','kept','completed','words/RE939dc456dedd4b6cbeb882b25c87e7b6.wav',1,0,1,1773244834.0,'',1773158434.0,1773158434.0);
INSERT INTO "recordings" VALUES('RE5ff905fb447145c5bbc555728226b38a','','words','kept','completed','words/RE5ff905fb447145c5bbc555728226b38a.wav',1,0,1,1773244847.0,'',1773158447.0,1773158447.0);
INSERT INTO "recordings" VALUES('RE2df2a6203053439baea970571633dd4c','','words','kept','completed','words/RE2df2a6203053439baea970571633dd4c.wav',1,0,1,1773244860.0,'',1773158460.0,1773158460.0);
CREATE TABLE relayed (
  id INTEGER PRIMARY KEY AUTOINCREMENT, 
  need INTEGER NOT NULL REFERENCES needs (number),
  writer TEXT NOT NULL,
  reader TEXT NOT NULL,
  words TEXT NOT NULL,
  outbox INTEGER NOT NULL, 
  said_at DOUBLE PRECISION NOT NULL
);
CREATE TABLE rings (
  id INTEGER PRIMARY KEY AUTOINCREMENT, 
  party TEXT NOT NULL,
  need INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'waiting',
  stage TEXT NOT NULL DEFAULT '',
  human INTEGER NOT NULL DEFAULT 0,
  misses INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  sid TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  lease INTEGER NOT NULL DEFAULT 0,
  leased_until DOUBLE PRECISION,
  tried_at DOUBLE PRECISION,
  due_at DOUBLE PRECISION NOT NULL,
  created_at DOUBLE PRECISION NOT NULL,
  changed_at DOUBLE PRECISION NOT NULL
);
INSERT INTO "rings" VALUES(1,'+12125550112',0,'ringing','talking',0,0,1,'CA2aed39488d9442eaa1df9642a57268e4','',1,1773159312.0,1773158411.0,1773158411.0,1773158411.0,1773158412.0);
INSERT INTO "rings" VALUES(2,'+12125550120',0,'ringing','gate',0,0,1,'CA99c9e6905f63483c9c6daa90ba2bd7e4','',1,1773159368.0,1773158467.0,1773158467.0,1773158467.0,1773158468.0);
INSERT INTO "rings" VALUES(3,'+12125550121',0,'ringing','telling',1,0,1,'CA5826db3c73464c2798b5180eee6a0962','',1,1773159370.0,1773158469.0,1773158469.0,1773158469.0,1773158471.0);
INSERT INTO "rings" VALUES(4,'+12125550122',0,'ringing','',0,0,1,'CAd3b91907895e4917823a5e319705132a','',1,1773159372.0,1773158472.0,1773158472.0,1773158472.0,1773158472.0);
CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TEXT);
INSERT INTO "schema_version" VALUES(1,'2026-11-28 18:02:58');
INSERT INTO "schema_version" VALUES(2,'2026-11-28 18:02:58');
INSERT INTO "schema_version" VALUES(3,'2026-11-28 18:02:58');
INSERT INTO "schema_version" VALUES(4,'2026-11-28 18:02:58');
INSERT INTO "schema_version" VALUES(5,'2026-11-28 18:02:58');
INSERT INTO "schema_version" VALUES(6,'2026-11-28 18:02:58');
CREATE TABLE sender (
  name TEXT PRIMARY KEY,
  tokens DOUBLE PRECISION NOT NULL,
  counted_at DOUBLE PRECISION NOT NULL,
  held_until DOUBLE PRECISION NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT ''
);
INSERT INTO "sender" VALUES('texts',29999.0,1773158472.0,0.0,'');
CREATE TABLE voices (
  language TEXT NOT NULL,
  piece TEXT NOT NULL,
  words TEXT NOT NULL,
  recording TEXT NOT NULL,
  kept_at DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (language, piece)
);
CREATE TABLE volunteers (
  phone TEXT PRIMARY KEY REFERENCES people (phone),
  needs TEXT NOT NULL,
  areas TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active',
  asked_at DOUBLE PRECISION NOT NULL DEFAULT 0,
  created_at DOUBLE PRECISION NOT NULL
, most_a_week INTEGER NOT NULL DEFAULT 0, hours TEXT NOT NULL DEFAULT '', timezone TEXT NOT NULL DEFAULT '', paused_until DOUBLE PRECISION NOT NULL DEFAULT 0);
INSERT INTO "volunteers" VALUES('+12125550110','food ride','north','active',1773158462.0,1773158401.0,0,'','',0.0);
INSERT INTO "volunteers" VALUES('+12125550111','food','north','active',1773158462.0,1773158402.0,0,'','',0.0);
INSERT INTO "volunteers" VALUES('+12125550112','ride','north','active',1773158411.0,1773158403.0,0,'','',0.0);
CREATE INDEX needs_to_look_at ON needs (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX alerts_open ON alerts (volunteer, sent_at) WHERE answer IS NULL;
CREATE INDEX alerts_sent ON alerts (volunteer, sent_at);
CREATE INDEX claims_in_hand ON claims (volunteer) WHERE ended_at IS NULL;
CREATE INDEX inbound_of_party ON inbound (party, received_at);
CREATE INDEX people_new ON people (created_at);
CREATE INDEX needs_of_neighbor ON needs (neighbor, number) WHERE status IN ('draft', 'open', 'taken');
CREATE INDEX inbound_by_time ON inbound (received_at);
CREATE INDEX outbox_due ON outbox (priority, id) WHERE status = 'waiting';
CREATE INDEX outbox_doubtful ON outbox (id) WHERE status IN ('sending', 'unknown');
CREATE INDEX outbox_of_party ON outbox (party, id) WHERE status IN ('waiting', 'sending', 'unknown');
CREATE INDEX outbox_about ON outbox (about, party);
CREATE INDEX outbox_by_time ON outbox (changed_at);
CREATE INDEX deliveries_of_row ON deliveries (outbox);
CREATE INDEX deliveries_pending ON deliveries (changed_at) WHERE rank < 4;
CREATE INDEX flags_open ON flags (party, why, about) WHERE settled_at IS NULL;
CREATE INDEX calls_by_time ON calls (ended_at);
CREATE INDEX needs_to_check ON needs (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX needs_again ON needs (again_at) WHERE again_at IS NOT NULL;
CREATE INDEX needs_finished ON needs (neighbor, changed_at) WHERE status = 'done';
CREATE INDEX claims_ended ON claims (volunteer, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX relayed_of_need ON relayed (need, id);
CREATE INDEX relayed_by ON relayed (outbox);
CREATE INDEX flags_about ON flags (about, why);
CREATE INDEX recordings_due ON recordings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX recordings_here ON recordings (made_at) WHERE status IN ('waiting', 'kept');
CREATE INDEX needs_spoken ON needs (recording) WHERE recording <> '';
CREATE INDEX voices_of_recording ON voices (recording);
CREATE INDEX offers_in_turn ON offers (what, area, language, asked_at, phone);
CREATE INDEX alerts_late ON alerts (need) WHERE answer = 'late';
CREATE INDEX outbox_to_ring ON outbox (party, priority, id) WHERE status = 'to_ring';
CREATE INDEX outbox_told ON outbox (ring, id) WHERE ring <> 0;
CREATE UNIQUE INDEX rings_one_at_a_time ON rings (party) WHERE status <> 'over';
CREATE INDEX rings_due ON rings (due_at) WHERE status = 'waiting';
CREATE INDEX rings_held ON rings (leased_until) WHERE status IN ('calling', 'unknown', 'ringing');
CREATE INDEX rings_sid ON rings (sid) WHERE sid <> '';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('needs',109);
INSERT INTO "sqlite_sequence" VALUES('outbox',19);
INSERT INTO "sqlite_sequence" VALUES('rings',4);
INSERT INTO "sqlite_sequence" VALUES('flags',1);
COMMIT;