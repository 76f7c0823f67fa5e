"""What single functions need besides `opsplane.bootstrap`: one file each, so that none pays for another's imports."""
