"""Electronic licences: asking for one, agreeing or refusing, fetching, showing, objecting, and forgetting."""
