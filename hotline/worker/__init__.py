"""Background work: everything that happens without anybody asking just now, a file for each chore."""
