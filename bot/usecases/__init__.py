"""Use cases: what Lumbar does, one transaction each, as plain synchronous functions and the values they pass on."""
