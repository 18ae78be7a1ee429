"""What answers are held against: patterns and JSON schemas, neither of which may take for ever or reach the network."""
