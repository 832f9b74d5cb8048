"""The pages: the web chat for everybody, the officers' desk, and the doors for machines."""
