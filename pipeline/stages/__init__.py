"""The stages of the pipeline, one module each: every one turns records into the next records."""
