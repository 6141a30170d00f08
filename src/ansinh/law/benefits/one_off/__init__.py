"""One-off payments: funeral, emergency burial, injury, rice, housing, food of emergency protection; and the working days."""
