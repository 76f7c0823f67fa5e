"""The launcher: starts, watches and stops the laptop platform."""
