"""A menu app of RapidSMS: three questions, and a request at their end."""
