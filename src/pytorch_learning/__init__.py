"""What the notebooks of the course import, and the plug-ins that build and grade them."""
