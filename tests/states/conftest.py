"""The machines are asked with the policy's world."""

from tests.policy.conftest import files, made, world

__all__ = ["files", "made", "world"]
