"""Small HTTP servers on loopback that behave as the real ones do, faults included. Nothing of ours is mocked."""
