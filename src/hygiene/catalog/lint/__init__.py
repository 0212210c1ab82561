"""What a good editor would say about a checklist, beside what its parser refuses."""
