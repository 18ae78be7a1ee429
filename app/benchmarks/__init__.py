"""``branchline bench``: figures of this machine, on stores made with a fixed seed."""
