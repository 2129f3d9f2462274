"""What sensitive text looks like: one file a family of types, each a function from a text to spans."""
