"""Pages of the product itself: help, refusals, the component sheet."""
