"""One file a verb: the only place that combines the adapters."""
