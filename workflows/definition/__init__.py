"""What a service is: a typed, immutable `Definition`, read from TOML and pinned by digest."""
