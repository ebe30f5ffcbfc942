"""One law with its cuts, for people and programs: a tree for the terminal, a page, JSON Lines, Akoma Ntoso."""
