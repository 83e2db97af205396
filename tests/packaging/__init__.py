"""What is handed out: the wheel, the source archive, and the versions that were tested."""
