"""Finding what should not leave, and putting pseudonyms in its place. It assists a person; it promises nothing."""
