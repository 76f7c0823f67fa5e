"""The platform on one machine: emulators, gateway, launcher, sink and scenes. Development only, never shipped."""
