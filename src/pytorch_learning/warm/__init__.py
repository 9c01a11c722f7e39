"""Warm kernels: Jupyter kernels that are ready in a fraction of a second.

A server imports what notebooks import, once, and forks a process for each kernel.  `provisioner` is what
Jupyter uses, `client` starts the server and talks to it, `server` runs in the server's process.
"""
