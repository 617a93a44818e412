"""Two researchers code one source, each for themselves; then the desk compares what they made."""
