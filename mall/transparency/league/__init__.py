"""The league of agencies: punctuality, like with like, from published cells only, open to contest before it counts."""
