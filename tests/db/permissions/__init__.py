"""What posts may do, decided by the database."""
