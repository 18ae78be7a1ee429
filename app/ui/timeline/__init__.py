"""The timeline: the whole session above, the lanes of the part in view below."""
