"""How land is shared before rounding: the named methods and what solves each exactly."""
