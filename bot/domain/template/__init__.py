"""Templates of contracts: the fields they may use, the values of these, and what is wrong with a template."""
