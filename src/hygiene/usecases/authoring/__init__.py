"""What the authors of checklists do: a new list is asked for, and written."""
