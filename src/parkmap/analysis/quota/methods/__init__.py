"""Methods of allocation before rounding, each solved exactly."""
