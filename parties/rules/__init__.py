"""Rules of identities and ties: pure functions, no database, no clock."""
