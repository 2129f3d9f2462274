"""One step each, under the name it has in the graph."""
