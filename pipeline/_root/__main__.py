"""`python -m lexfloor` is the command `lexfloor`."""

from lexfloor.pipeline.cli import main

if __name__ == "__main__":
    main()
