"""Publishing checklists: keys, roles, the workshop of the people who publish, and what clients fetch."""
