"""The pictures of the documents: scenes played against the real bot, and photographed on the sandbox's page."""
