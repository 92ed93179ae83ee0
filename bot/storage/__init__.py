"""SQLAlchemy and Redis: implements the ports and returns domain objects only."""
