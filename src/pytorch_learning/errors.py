"""Errors that a user can meet: one clear sentence that says what to do."""


class CourseError(Exception):
    """Something the user can mend.  The message is one sentence that says what is wrong and what to do.

    A command prints it and exits with code 2; a notebook shows it without a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        # IPython calls this in place of its own traceback.
        return [f"{type(self).__name__}: {self}"]
