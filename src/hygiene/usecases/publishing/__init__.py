"""What the people who hand out lists do: one file per verb, and what they share."""
