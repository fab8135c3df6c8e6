"""What a problem file says: its tree with places, the format, the problem as read."""
