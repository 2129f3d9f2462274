"""Words that no rule of the grammar used: what they are, by category, and whether they change what is asked."""
