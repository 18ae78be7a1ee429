"""Made-up texts with personal data planted in them, and how much of it is found."""
