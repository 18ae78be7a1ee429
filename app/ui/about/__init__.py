"""What this program is and stands on."""
