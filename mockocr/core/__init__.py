"""Values and interfaces that every other room uses; standard library, msgspec, python-multipart."""
