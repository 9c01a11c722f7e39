"""Grading submissions: what nbgrader's own commands are configured with (see `nbgrader_settings`)."""
