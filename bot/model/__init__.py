"""The words the whole house speaks: plain frozen values, and nothing that acts."""
