"""What the regency itself tells: budget, programmes, districts, performance; by file, as a whole or not at all."""
