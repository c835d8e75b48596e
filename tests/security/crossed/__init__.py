"""Everything that crosses one world of people and things. A package, so that its files share that world."""
