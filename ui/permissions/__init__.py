"""The screen of posts and permissions."""
