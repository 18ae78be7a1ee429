"""What-ifs in the window: what is asked for, what a plan says in words, how it is made."""
