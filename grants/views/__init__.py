"""Pages of this app, a module by noun."""
