"""Pure functions from (record, checklists, policy, day) to what is asked and what follows."""
