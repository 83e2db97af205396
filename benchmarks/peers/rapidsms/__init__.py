"""(f) RapidSMS on Django: the framework of the field, and the one peer that holds a conversation."""
