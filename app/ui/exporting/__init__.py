"""Files that leave: the dialog that chooses them, and pages of PDF."""
