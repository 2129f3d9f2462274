"""What can be computed: typed questions, readings, and the evidence that answers them."""
