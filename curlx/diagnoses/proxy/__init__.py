"""What went wrong at a proxy: reaching it, its permission, and what it could not reach."""
