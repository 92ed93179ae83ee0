"""What is done with complaints: taking, following, moving, hearing from 12345, keeping their terms."""
