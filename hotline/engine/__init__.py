"""Dialog engine: runs any conversation. Pure: it knows no words, clock, network or database."""
