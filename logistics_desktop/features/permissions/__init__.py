"""Posts, what they may do, and what the user who is signed in may do."""
