"""The program itself: domain, rules, dialogue, services and storage."""
