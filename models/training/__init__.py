"""Training of adapters: examples, batches, low-rank layers, losses, and a loop that can be ended and goes on."""
