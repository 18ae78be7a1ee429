"""The pane in which a person looks through what leaves, and the sign that texts are masked."""
