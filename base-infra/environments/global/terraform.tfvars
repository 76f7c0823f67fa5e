owner = "charith"
