"""How any conversation runs: pure, without words, clock, network or database."""
