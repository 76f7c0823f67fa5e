"""When an environment is awake, and what its schedule would stop or start."""
