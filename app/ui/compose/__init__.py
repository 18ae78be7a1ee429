"""Where the next turn is written and a model is asked to continue."""
